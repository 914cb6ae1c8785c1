"""Tests of the window by real widget events."""
