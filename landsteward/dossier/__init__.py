"""The dossier as PDF: the only place that imports reportlab."""
