"""The leg of the tour through 亩均评价: a new grading, its ranks, one score line by line."""

from PySide6.QtCore import Qt

from landsteward.domain.text import msg
from ui.pages.grading.new import NewGradingPage
from ui.pages.grading.run import GradingPage
from ui.pages.grading.runs import GradingsPage
from ui.pages.grading.score import ScorePage
from ui.tour.walker import Walker


class GradingLeg(Walker):
    """Previews, keeps a draft, and opens the score of the tour's enterprise."""

    def _grading(self) -> None:
        self._do(msg("Grading the year"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["gradings"])
        runs = self._page
        assert isinstance(runs, GradingsPage)
        hand.until(lambda: runs.rows.rowCount() > 0, msg("the gradings"))
        hand.click(runs.new)
        page = self._page
        assert isinstance(page, NewGradingPage)
        hand.until(page.keep.isEnabled, msg("the preview"))
        self._picture("grading-new")
        hand.click(page.keep)
        hand.until(lambda: isinstance(self._page, GradingPage), msg("the draft"))
        run = self._page
        assert isinstance(run, GradingPage)
        model = run.panel.model
        hand.until(lambda: run.view is not None and len(model.ids) > 0, msg("the ranks"))
        self._picture("grading-run")
        self._do(msg("Reading a score"))
        name = [one.key for one in model.columns].index("name")
        row = next(
            at
            for at in range(model.rowCount())
            if model.index(at, name).data() == self._script.enterprise
        )
        run.panel.table.setFocus()
        run.panel.table.selectRow(row)
        hand.press(Qt.Key.Key_Return)
        hand.until(lambda: isinstance(self._page, ScorePage), msg("the score"))
        score = self._page
        assert isinstance(score, ScorePage)
        hand.until(lambda: bool(score.lines.cells), msg("the lines of the score"))
        self._picture("grading-score")
