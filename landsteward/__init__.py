"""LandSteward 土地管家: checkups, findings and remedies of industrial land, offline."""
