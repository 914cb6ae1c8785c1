"""The window: pages, models, operations and dialogs on Qt."""

from ui.constants import keep_constants

keep_constants()
