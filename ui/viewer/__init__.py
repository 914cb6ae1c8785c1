"""Photos in full size: looked at closely, walked through, marked, set side by side."""
