"""The window: pages, models, operations and dialogs on Qt."""
