"""Before a workspace is open: which one, and who acts in it."""
