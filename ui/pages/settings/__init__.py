"""Look, language, people and the workspace file."""
