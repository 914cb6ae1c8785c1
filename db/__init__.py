"""The workspace file: the only package that knows SQL."""
