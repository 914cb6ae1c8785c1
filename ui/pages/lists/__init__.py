"""Lists that lead into cases."""
