"""The import wizard and the imports that were made, by clicks and keys on real files."""
