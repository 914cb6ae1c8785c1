"""The page of a case: its way from register to dossier, a module a step."""
