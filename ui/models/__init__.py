"""Qt models over lists that live in the workspace: keys first, rows by page."""
