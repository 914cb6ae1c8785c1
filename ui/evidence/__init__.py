"""Photos and files on their way into a case's pool, and as they are shown there."""
