"""The dossier on paper: the only package that imports reportlab."""
