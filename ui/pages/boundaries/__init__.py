"""Many boundary files at once: looked through, decided on, brought in."""
