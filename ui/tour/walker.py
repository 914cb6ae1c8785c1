"""What every leg of the tour needs: the page in front, the next step, a picture of it."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from landsteward.domain.states import CaseStage, CaseStep, NextStep
from landsteward.domain.text import Message, msg
from ui.pages.base import Page
from ui.pages.case.page import CasePage
from ui.pages.case.step import StepPage
from ui.shell.shell import Shell
from ui.tour.hand import Hand
from ui.tour.script import TourScript
from ui.window import MainWindow

T = TypeVar("T")


class Walker:
    """Walks through the window; `pictures` are the files it left behind, in order."""

    def __init__(self, window: MainWindow, hand: Hand, script: TourScript, output: Path) -> None:
        self._window = window
        self._hand = hand
        self._script = script
        self._output = output
        self.pictures: list[Path] = []

    @property
    def _shell(self) -> Shell:
        return self._sure(self._window.shell)

    @property
    def _page(self) -> Page | None:
        return self._shell.page

    @property
    def _case(self) -> CasePage:
        page = self._page
        if not isinstance(page, CasePage):
            self._fail(msg("the case's page"))
        assert isinstance(page, CasePage)
        return page

    @property
    def _now(self) -> NextStep | None:
        head = self._case.work.head
        return head.overview.next_step if head is not None else None

    @property
    def _stage(self) -> CaseStage | None:
        head = self._case.work.head
        return head.overview.case.stage if head is not None else None

    def _step(self, step: CaseStep, kind: type[T]) -> T:
        self._hand.until(lambda: self._case.shown is step, msg("the step {step}", step=step))
        page: StepPage[object] = self._case.step_page(step)
        if not isinstance(page, kind):
            raise TypeError(type(page))
        return page

    def _next(self, now: NextStep, *, then: NextStep) -> None:
        """Press the page's one filled button, which must do `now`, and wait for `then`."""
        self._hand.until(lambda: self._now is now, msg("the next step {step}", step=now))
        self._hand.click(self._case.header.next)
        self._hand.until(lambda: self._now is then, msg("the next step {step}", step=then))

    def _do(self, what: Message) -> None:
        self._hand.doing = what

    def _fail(self, what: Message) -> None:
        self._hand.until(lambda: False, what)

    def _sure(self, thing: T | None) -> T:
        if thing is None:
            raise LookupError(str(self._hand.doing))
        return thing

    def _picture(self, name: str, *, over: QDialog | None = None) -> None:
        file = self._output / f"{len(self.pictures) + 1:02}-{name}.png"
        self._hand.picture(file, over)
        self.pictures.append(file)
