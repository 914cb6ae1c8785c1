"""Rule packs: laws, thresholds and checklists as data, typed on load."""
