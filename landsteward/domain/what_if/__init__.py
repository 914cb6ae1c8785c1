"""测算: what becomes of values, limits, score, rank and grade if an enterprise did otherwise."""
