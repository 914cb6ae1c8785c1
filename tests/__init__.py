"""Tests: unit mirrors the source, ui drives widgets, end2end drives the program."""
