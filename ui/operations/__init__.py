"""Work that must not hold up the window: one database thread, one pool, results in the GUI."""

from ui.operations.operations import Operations
from ui.operations.work import Cancelled, Progress, Work

__all__ = ["Cancelled", "Operations", "Progress", "Work"]
