"""What a step's page is: it reads on the database thread, shows, and does its next step."""

from typing import Generic, TypeVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.domain.states import CaseStep, NextStep
from ui.pages.case.work import CaseWork
from ui.widgets.basics import label

T = TypeVar("T")


class StepPage(QWidget, Generic[T]):
    """One step of the case page.

    `read` runs on the database thread after every change while the step is in front, `present`
    puts its answer on the screen without losing scroll place, focus or what is being typed.
    """

    step: CaseStep

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self.work = work
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(12)

    def read(self, ctx: Context) -> T:
        """Gather what is shown. No widgets here."""
        raise NotImplementedError

    def present(self, data: T) -> None:
        """Show it; `self.work.head` is that of the same moment."""
        raise NotImplementedError

    def do_next(self, step: NextStep) -> None:
        """Do the next step, or put the person where it is done."""
        raise NotImplementedError

    def drop(self) -> None:
        """The page is about to go: let go of files and timers."""


def error_line() -> QLabel:
    """A hidden red line for the refusal of an action."""
    made = label("", "error", wrap=True)
    made.hide()
    return made
