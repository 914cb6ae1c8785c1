"""The map of the park: a tab of the register."""
