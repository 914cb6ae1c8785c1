"""The rule pack: looked at, changed for the county, compared, published."""
