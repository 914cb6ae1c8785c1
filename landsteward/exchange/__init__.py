"""Geometry in and out: boundary files, projections, overlaps; the only place that knows shapely,
pyproj and pyogrio.
"""
