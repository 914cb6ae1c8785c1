"""Geometry in and out: boundary files, projections, overlaps. Alone knows shapely, pyproj, pyogrio."""
