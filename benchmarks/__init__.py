"""What is fast, how fast, beside what."""
