"""测算: what becomes of an enterprise if it did otherwise."""
