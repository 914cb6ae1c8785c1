"""The dossier's step: laying out holds nobody up, is stopped, and keeps only what is still true."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.app.case_closing import close_case
from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierView
from landsteward.app.people import add_organisation
from landsteward.app.register import edit_enterprise
from landsteward.domain.casework import Case
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.register import Enterprise
from landsteward.domain.states import CaseStage, CaseStep, OrganisationKind
from tests.helpers.casework import in_checkup
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from ui.operations.work import Cancelled
from ui.pages.case.dossier_step import DossierStep


class SlowPrinter:
    """Lays out a page when it is let; the paper of the preview at once."""

    def __init__(self, build: Callable[..., bytes]) -> None:
        self._build = build
        self.begun = Event()
        self.go_on = Event()
        self.ended: list[BaseException | None] = []

    def __call__(self, view: DossierView, *, on_page: Callable[[int], None] | None = None) -> bytes:
        """The PDF; with a number on it, it waits before every page until it is let go on."""

        def page(number: int) -> None:
            if on_page is not None:
                on_page(number)
            if view.issued is not None:
                self.begun.set()
                assert self.go_on.wait(20)

        try:
            content = self._build(view, on_page=page)
        except BaseException as error:
            self.ended.append(error)
            raise
        self.ended.append(None)
        return content


def close_it(office: Office, case: Case) -> None:
    """A visit without a problem, and the case is closed."""
    _, checkup = in_checkup(office, case)
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    close_case(office.land_lead, case_id=case.id)


@contextmanager
def archiving(folder: Path) -> Iterator[tuple[Hand, DossierStep, SlowPrinter]]:
    """A closed case in whose window the archiving was begun and is at its first page."""
    with at_the_case_page(folder, who="鲁负责", before=close_it) as hand:
        paper = hand.step(CaseStep.DOSSIER)
        assert isinstance(paper, DossierStep)
        assert paper.document.pageCount() > 3
        bench = paper.work.bench
        slow = SlowPrinter(bench.services.build_dossier)
        paper.work.bench = replace(bench, services=replace(bench.services, build_dossier=slow))
        hand.next()
        assert paper.asking is not None
        QTest.mouseClick(paper.asking.yes, Qt.MouseButton.LeftButton)
        wait(slow.begun.is_set)
        try:
            yield hand, paper, slow
        finally:
            slow.go_on.set()
            hand.settle()


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    for _ in range(2000):
        if until():
            return
        QTest.qWait(5)
    raise AssertionError("it never came")


def do(hand: Hand, change: Callable[[Context], object]) -> None:
    """A change by somebody at another page, while the dossier is laid out."""
    done: list[object] = []
    hand.window.operations.change(hand.window, change, success=done.append)
    wait(lambda: bool(done))


def rename_enterprise(ctx: Context, case_id: str) -> Enterprise:
    """The case's enterprise takes another name."""
    enterprise_id = ctx.workspace.cases.get(case_id).enterprise_id
    assert enterprise_id is not None
    return edit_enterprise(ctx, enterprise_id=enterprise_id, name="改了名的示例公司")


def stage(hand: Hand) -> CaseStage:
    """Where the case stands."""
    return hand.ask(lambda ctx: ctx.workspace.cases.get(hand.case_id).stage)


def papers(hand: Hand) -> list[IssuedDocument]:
    """The papers that were issued."""
    return hand.ask(lambda ctx: ctx.workspace.issued_documents.where())


def test_archiving_shows_its_pages_and_holds_nobody_up(tmp_path: Path) -> None:
    with archiving(tmp_path) as (hand, paper, slow):
        wait(lambda: paper.progress.value() == 1)
        assert paper.progress.isVisible()
        assert paper.progress.maximum() == paper.document.pageCount()
        do(hand, lambda ctx: add_organisation(ctx, kind=OrganisationKind.OTHER, name="别处"))
        slow.go_on.set()
        hand.settle()
        assert stage(hand) is CaseStage.ARCHIVED
        (document,) = papers(hand)
        assert (document.number, document.pages) == (1, paper.document.pageCount())
        assert paper.content == hand.ask(lambda ctx: ctx.workspace.blobs.get(document.sha256))


def test_archiving_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    with archiving(tmp_path) as (hand, paper, slow):
        QTest.mouseClick(paper.stop, Qt.MouseButton.LeftButton)
        slow.go_on.set()
        hand.settle()
        (ended,) = slow.ended
        assert isinstance(ended, Cancelled), "no page is laid out any more"
        assert stage(hand) is CaseStage.CLOSED
        assert papers(hand) == []
        assert paper.error.isVisible()
        assert paper.view.isVisible()
        hand.next()
        assert paper.asking is not None
        hand.click(paper.asking.yes)
        assert [one.number for one in papers(hand)] == [1]


def test_what_changes_while_it_is_laid_out_is_not_archived(tmp_path: Path) -> None:
    with archiving(tmp_path) as (hand, paper, slow):
        do(hand, lambda ctx: rename_enterprise(ctx, hand.case_id))
        slow.go_on.set()
        hand.settle()
        assert stage(hand) is CaseStage.CLOSED
        assert papers(hand) == []
        assert paper.error.isVisible()
        assert paper.archive.isEnabled()
