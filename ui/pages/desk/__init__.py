"""What is due, what waits for me, where the cases stand."""
