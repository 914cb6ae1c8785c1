"""Photos and files as they come from cameras: read, told apart, made smaller; by Pillow."""
