"""What the window works out without Qt."""
