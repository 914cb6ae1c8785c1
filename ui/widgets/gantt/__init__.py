"""The Gantt (甘特): steps as bars on a line of days, read or dragged."""
