"""跟踪: what is followed, and every entry."""
