"""What opens under a way out: a reason with its law and facts, or how the way goes."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

from landsteward.app.context import Context
from landsteward.app.language import Language, current_language, localised, tr
from landsteward.app.standings import answer_for_case
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import WayFact, WayReason
from landsteward.domain.screening import EnteredAt
from landsteward.domain.standings import CaseFact
from landsteward.domain.ways.judging import WayOut
from landsteward.domain.ways.paths import RemedyPath, WayStep
from ui import theme
from ui.pages.case import way_words as words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, clear, column, label, row, selectable
from ui.widgets.fields import ChoiceField, DecimalField, TextField
from ui.widgets.forms import grid, keep


class ReasonPanel(QFrame):
    """The whole text of a reason, its bases, the facts it rests on, and where they are entered.

    What is found out for the case is entered here; its fields stay while the rest is shown anew.
    """

    def __init__(
        self, work: CaseWork, ways: WaysOut, reason: WayReason, *, may_answer: bool
    ) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self._work = work
        self._ways = ways
        self.condition = reason.condition
        self._shown: WayReason | None = None
        self.answer: ChoiceField | None = None
        self.figure: DecimalField | None = None
        self.note: TextField | None = None
        self._said = column(gap=4)
        inside = column(self._said, gap=8, margin=theme.current().px(8))
        if reason.fact and may_answer:
            inside.addLayout(self._answering(reason))
        self.setLayout(inside)
        self.present(ways, reason)

    def present(self, ways: WaysOut, reason: WayReason) -> None:
        """Show how it stands."""
        self._ways = ways
        self._fill_in(ways.facts.answers.get(reason.fact))
        if reason == self._shown:
            return
        self._shown = reason
        clear(self._said)
        text = localised(reason.text, reason.text_en)
        said = tr("{text} ({kind})", text=text, kind=words.kind(reason.kind))
        self._said.addWidget(selectable(said))
        for basis in reason.bases:
            self._said.addWidget(selectable(words.basis(basis), "dim"))
        if not reason.bases:
            self._said.addWidget(label(tr("The rule pack names no law for this."), "dim"))
        for at, together in groupby(reason.facts, key=lambda one: one.at):
            self._said.addLayout(self._facts(at, tuple(together)))

    def _facts(self, at: EnteredAt, facts: tuple[WayFact, ...]) -> QHBoxLayout:
        """Facts that are entered in one place, and the way there."""
        said = label(" · ".join(words.fact(one) for one in facts), wrap=True)
        held = row(said, gap=6)
        place = words.place_of(at, self._ways)
        if place is not None:
            go = self._work.bench.go
            held.addWidget(button(words.entered_at(at), "link", lambda: go(place)))
        elif at is EnteredAt.FINDING:
            finding_id = self._ways.finding.id
            ask = self._work.finding_asked
            held.addWidget(button(words.entered_at(at), "link", lambda: ask.emit(finding_id)))
        elif at is not EnteredAt.CASE:
            held.addWidget(label(tr("the finding names no land"), "dim"))
        held.setStretch(0, 1)
        return held

    def _answering(self, reason: WayReason) -> QGridLayout:
        """Yes, no, not known, or a figure where one is asked for; and who said so."""
        operations = self._work.bench.operations
        self.note = TextField(tr("Found out how, by whom"))
        keep(self.note, operations, self._keep(reason.fact, "note"))
        if any(one.name in ("part_mu", "county_limit") for one in reason.facts):
            self.figure = DecimalField(tr("Area of the part"), unit=tr("mu"))
            keep(self.figure, operations, self._keep(reason.fact, "value"))
            return grid([self.figure, self.note], columns=2)
        self.answer = ChoiceField(
            tr("Found out for the case"),
            [(None, tr("Not on record")), (True, tr("Met")), (False, tr("Not met"))],
        )
        keep(self.answer, operations, self._keep(reason.fact, "holds"))
        return grid([self.answer, self.note], columns=2)

    def _fill_in(self, known: CaseFact | None) -> None:
        if self.note is not None:
            self.note.set_value(known.note if known is not None else "")
        if self.figure is not None:
            self.figure.set_value(known.value if known is not None else None)
        if self.answer is not None:
            self.answer.set_value(known.holds if known is not None else None)

    def _keep(self, fact: str, name: str) -> Callable[[Context, Any], CaseFact]:
        return partial(_answer, self._work.case_id, fact, name)


def _answer(case_id: str, fact: str, name: str, ctx: Context, value: Any) -> CaseFact:
    changed: Any = {name: value}
    return answer_for_case(ctx, case_id=case_id, fact=fact, **changed)


class HowItGoes(QFrame):
    """Steps, papers, who decides, how long: what the pack says; what it does not say is said so."""

    def __init__(self, way: WayOut) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        path = way.path
        inside = column(gap=4, margin=theme.current().px(8))
        note = localised(path.note, path.note_en)
        if note:
            inside.addWidget(selectable(note))
        for number, step in enumerate(path.steps, start=1):
            inside.addWidget(selectable(f"{number}. {_step(step)}"))
        none = tr("to be checked")
        for word, text in (
            (tr("Papers needed"), tr("; ").join(_papers(path))),
            (tr("Decided by"), localised(path.office, path.office_en)),
            (tr("Usually takes"), localised(path.duration, path.duration_en)),
        ):
            inside.addWidget(selectable(tr("{name}: {value}", name=word, value=text or none)))
        for basis in way.bases:
            inside.addWidget(selectable(words.basis(basis), "dim"))
        self.setLayout(inside)


def _step(step: WayStep) -> str:
    parts = [localised(step.what, step.what_en), localised(step.who, step.who_en)]
    if step.days is not None:
        parts.append(tr("{count} days", count=step.days))
    return " · ".join(part for part in parts if part)


def _papers(path: RemedyPath) -> tuple[str, ...]:
    english = current_language() is Language.ENGLISH
    return path.papers_en if english and path.papers_en else path.papers
