"""The sections of a dossier, one module each: a view and a paper in, flowables out."""
