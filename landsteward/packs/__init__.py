"""Rule packs from `resources/rules/<pack>/*.toml`: read, checked, and handed out by version."""
