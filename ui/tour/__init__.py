"""The tour: a case from the register to the archive, by real events in the real window."""

from ui.tour.run import run
from ui.tour.script import TourScript

__all__ = ["TourScript", "run"]
