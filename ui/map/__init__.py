"""The machinery of maps: camera, tiles, labels and the widget that shows them; no workspace."""
