"""The conditions of closing as a checklist: what speaks for each, what is missing, where to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from landsteward.app.closing_conditions import explain
from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.domain.closing import (
    NEVER_EXPLAINED,
    SETTLED_AT,
    Condition,
    ConditionKey,
    Lack,
    LooseEnd,
)
from landsteward.domain.states import CaseStep
from ui import theme
from ui.pages.case import words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, clear, column, label, row
from ui.widgets.fields import TextField
from ui.widgets.forms import keep
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A loose end as it is shown; `fixed` where nothing is written about it any more."""

    end: LooseEnd
    fixed: bool


def condition_word(key: ConditionKey, *, whole: bool = False) -> str:
    """A condition of a finding, or of the case as a `whole`."""
    return {
        ConditionKey.RECHECK: tr("Every finding settled") if whole else tr("Recheck passed"),
        ConditionKey.EXPLAINED: tr("Nothing left unexplained"),
        ConditionKey.BENEFIT: tr("Benefit shown, or none due"),
    }[key]


class ConditionList(QWidget):
    """Told the conditions and what is left open; explanations are kept as they are written.

    `finding_id` is None for the case as a whole.
    """

    def __init__(self, work: CaseWork, finding_id: str | None) -> None:
        super().__init__()
        self._work = work
        self._finding_id = finding_id
        self._seen: tuple[Condition, ...] | None = None
        self.badges: dict[ConditionKey, Badge] = {}
        self._bodies: dict[ConditionKey, QVBoxLayout] = {}
        self.ends: Rows[EndRow, End] = Rows(
            lambda _key: EndRow(work, finding_id), EndRow.fill, gap=4
        )
        layout = column(gap=8)
        for key in ConditionKey:
            badge = self.badges[key] = Badge()
            body = self._bodies[key] = column(gap=2)
            body.setContentsMargins(theme.current().px(4), 0, 0, 0)
            head = row(
                badge, label(condition_word(key, whole=finding_id is None), "heading"), 1, gap=8
            )
            layout.addLayout(head)
            layout.addLayout(body)
            if key is ConditionKey.EXPLAINED:
                layout.addLayout(self.ends.layout)
        self.setLayout(layout)

    def present(
        self, conditions: tuple[Condition, ...], ends: Sequence[LooseEnd], *, fixed: bool = False
    ) -> None:
        """Show how they stand."""
        self.ends.show([(one.about, End(end=one, fixed=fixed)) for one in ends])
        if conditions == self._seen:
            return
        self._seen = conditions
        for one in conditions:
            self.badges[one.key].show_word(
                tr("✓ met") if one.met else tr("○ missing"), "good" if one.met else "caution"
            )
            body = self._bodies[one.key]
            clear(body)
            if one.key is ConditionKey.EXPLAINED:
                if not ends:
                    body.addWidget(label(tr("Nothing was left open."), "dim"))
                continue
            for shown in one.shown:
                body.addWidget(label(render(shown), "dim", wrap=True))
            for lack in one.lacks:
                body.addLayout(self._lack(lack))

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return self._seen is not None and all(one.met for one in self._seen)

    def begin(self) -> None:
        """Put the person at the first thing to explain."""
        for one in self.ends.all:
            if one.is_open:
                one.text.setFocus()
                return

    def _lack(self, lack: Lack) -> QHBoxLayout:
        line = row(label(render(lack.what), "caution", wrap=True), gap=8)
        line.setStretch(0, 1)
        if lack.step is not CaseStep.CLOSURE:
            line.addWidget(_way(self._work, lack.step))
        return line


class EndRow(QFrame):
    """Something left open: what it is, the way to settle it, or the words that explain it."""

    def __init__(self, work: CaseWork, finding_id: str | None) -> None:
        super().__init__()
        self._work = work
        self._finding_id = finding_id
        self._end: LooseEnd | None = None
        self.what = label("", wrap=True)
        self.way = button("", "link")
        self.text = TextField("", hint=tr("Explain it in words, or settle it"))
        keep(self.text, work.bench.operations, self._keep)
        top = row(self.what, self.way, gap=8)
        top.setStretch(0, 1)
        self.setLayout(column(top, self.text, gap=2))

    def fill(self, data: End) -> None:
        """Show it."""
        first = self._end is None
        end = self._end = data.end
        sign = "○" if end.open else "✓"
        self.what.setText(f"{sign} {render(end.what)}")
        self.text.line.setAccessibleName(render(end.what))
        step = SETTLED_AT[end.kind]
        if first and step is not CaseStep.CLOSURE:
            self.way.setText(tr("To “{step}” →", step=words.step(step)))
            self.way.clicked.connect(partial(self._work.go, step))
        self.way.setVisible(step is not CaseStep.CLOSURE and not data.fixed)
        self.text.setVisible(end.kind not in NEVER_EXPLAINED)
        self.text.set_value(end.explanation)
        self.text.set_read_only(data.fixed)

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way."""
        return self._end is not None and self._end.open

    def _keep(self, ctx: Context, text: str) -> None:
        assert self._end is not None
        explain(
            ctx,
            case_id=self._work.case_id,
            finding_id=self._finding_id,
            about=self._end.about,
            text=text,
        )


def _way(work: CaseWork, step: CaseStep) -> QWidget:
    return button(tr("To “{step}” →", step=words.step(step)), "link", lambda: work.go(step))
