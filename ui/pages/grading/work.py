"""The work of a run that takes a while: its progress and what came of it are said in one line."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.grading_notice import Withheld, finish_grading, take_back_grading
from landsteward.app.grading_paper import GradingPaper, grading_paper
from landsteward.app.gradings import Repeated, discard_draft, repeat_grading, work_out_again
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.gradings import GradingRun
from ui.dialogs.paper import PdfDialog
from ui.operations import Progress, Work
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import words_of
from ui.workbench import Workbench

T = TypeVar("T")


class RunWork:
    """Done for one page, on one run."""

    def __init__(self, bench: Workbench, owner: QWidget, run_id: str) -> None:
        self.bench = bench
        self.line = OutcomeLine()
        self.paper: PdfDialog | None = None
        self._owner = owner
        self._run_id = run_id
        self._work: Work | None = None

    def drop(self) -> None:
        """What nobody waits for any more is stopped."""
        if self._work is not None:
            self._work.cancel()

    def take_back(self, reason: str, then: Callable[[], object]) -> None:
        """Take a final grading back; `then` hears that it is done."""
        key = self._run_id

        def work(ctx: Context, progress: Progress) -> Withheld:
            return take_back_grading(ctx, run_id=key, reason=reason, progress=progress)

        def done(withheld: Withheld) -> None:
            then()
            said = tr("{count} yearly records written back.", count=f"{withheld.written_back:,}")
            if withheld.left:
                said += " " + tr(
                    "Left as they are, changed since: {names}.",
                    names=tr(", ").join(withheld.left[:5])
                    + ("…" if len(withheld.left) > 5 else ""),
                )
            self.line.say(said, "caution" if withheld.left else "good")

        self._long(tr("Taking the grading back…"), work, done)

    def finish(self) -> None:
        """Make it final."""
        key = self._run_id

        def work(ctx: Context, progress: Progress) -> GradingRun:
            return finish_grading(ctx, run_id=key, progress=progress)

        def done(_run: GradingRun) -> None:
            self.line.say(tr("Final: the grades stand on the yearly records."), "good")

        self._long(tr("Writing the grades…"), work, done)

    def work_out_again(self) -> None:
        """Score and rank a draft anew."""
        key = self._run_id

        def work(ctx: Context, progress: Progress) -> int:
            return work_out_again(ctx, run_id=key, progress=progress)

        def done(changed: int) -> None:
            self.line.say(tr("{count} results changed.", count=f"{changed:,}"), "good")

        self._long(tr("Working it out…"), work, done)

    def repeat(self) -> None:
        """Hold what was kept against the same worked out once more."""
        key = self._run_id

        def done(found: Repeated) -> None:
            if found.same:
                self.line.say(
                    tr(
                        "Repeated from what the run keeps: all {count} results are the same.",
                        count=f"{found.results:,}",
                    ),
                    "good",
                )
                return
            names = tr(", ").join(found.differing[:5])
            self.line.say(
                tr(
                    "{count} results differ from what was kept: {names}. If marks were changed, "
                    "work it out again.",
                    count=f"{len(found.differing):,}",
                    names=names,
                ),
                "caution",
            )

        self.bench.operations.query(
            self._owner,
            lambda ctx: repeat_grading(ctx, run_id=key),
            success=done,
            failure=self._failed,
        )

    def print_list(self, title: str) -> None:
        """The list of results, laid out and shown before it is saved."""
        key, build = self._run_id, self.bench.services.build_grading_list

        def gathered(view: GradingPaper) -> None:
            def lay_out(progress: Progress) -> bytes:
                return build(view, on_page=lambda number: progress(number, number + 1))

            self._work = self.bench.operations.task(
                self._owner, lay_out, success=laid_out, failure=self._failed, stopped=self._stopped
            )
            self.line.working(tr("Laying out the list…"), self._work.stop)

        def laid_out(content: bytes) -> None:
            self.line.settle()
            self.paper = PdfDialog(self.bench, title, self._owner)
            self.paper.show_content(content)
            self.paper.open()

        self.bench.operations.query(
            self._owner, lambda ctx: grading_paper(ctx, run_id=key), success=gathered
        )

    def discard(self, then: Callable[[], object]) -> None:
        """Take a draft out; `then` hears that it is done."""
        key = self._run_id

        def work(ctx: Context, progress: Progress) -> None:
            discard_draft(ctx, run_id=key, progress=progress)

        self._long(tr("Discarding…"), work, lambda _nothing: then())

    def _long(
        self, said: str, work: Callable[[Context, Progress], T], done: Callable[[T], object]
    ) -> None:
        def ended(result: T) -> None:
            self.line.settle()
            done(result)

        self._work = self.bench.operations.long_change(
            self._owner,
            work,
            success=ended,
            failure=self._failed,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )
        self.line.working(said, self._work.stop)

    def _stopped(self) -> None:
        self.line.say(tr("Stopped; nothing was changed."), "caution")

    def _failed(self, error: KnownError) -> None:
        self.line.say(words_of(error), "bad")
