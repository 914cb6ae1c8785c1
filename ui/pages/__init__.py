"""The pages of the window, an area each."""
