"""One finding in full: its words, law, photos, the moves it admits, and its history."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of
from landsteward.app.findings import edit_finding, why_not
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.findings import Finding, FindingEvent
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES, open_finding_moves
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import (
    CaseStep,
    Disposal,
    FindingMove,
    FindingState,
    Severity,
    SubjectKind,
)
from landsteward.domain.text import Message
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.finding_moves import MOVES_HERE, FindingMoves
from ui.pages.case.pairs import PairPanel
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, changes, clear, column, label, row, selectable
from ui.widgets.fields import ChoiceField, DateField, Field, NoteField, TextField
from ui.widgets.forms import grid, keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import Badge

_EDITABLE = frozenset({FindingState.DRAFT, FindingState.CONFIRMED, FindingState.OBJECTED})
_ELSEWHERE = {
    FindingState.ASSIGNED: CaseStep.PLAN,
    FindingState.PLANNING: CaseStep.PLAN,
    FindingState.PLAN_REVIEW: CaseStep.PLAN,
    FindingState.RECTIFYING: CaseStep.FOLLOW_UP,
    FindingState.RETURNED: CaseStep.FOLLOW_UP,
    FindingState.SUBMITTED: CaseStep.CLOSURE,
    FindingState.RECHECK: CaseStep.CLOSURE,
    FindingState.LOOK_BACK: CaseStep.CLOSURE,
    FindingState.CLOSED: CaseStep.CLOSURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSheet:
    """A finding with its history, photos, and the moves of its state with what stands against."""

    finding: Finding
    events: tuple[FindingEvent, ...]
    photos: tuple[Evidence, ...]
    proof: tuple[Evidence, ...]
    moves: tuple[tuple[FindingMove, Message | None], ...]
    editable: bool


def read_finding(ctx: Context, finding: Finding) -> FindingSheet:
    """Everything the detail shows."""
    open_moves = [move for move in open_finding_moves(finding.state) if move in MOVES_HERE]
    return FindingSheet(
        finding=finding,
        events=tuple(ctx.workspace.finding_events.where(finding_id=finding.id)),
        photos=tuple(evidence_of(ctx, subject_kind=SubjectKind.FINDING, subject_id=finding.id)),
        proof=tuple(
            evidence_of(ctx, subject_kind=SubjectKind.RECTIFICATION, subject_id=finding.id)
        ),
        moves=tuple(
            (move, why_not(ctx, finding=finding, move=move))
            for move in sorted(open_moves, key=MOVES_HERE.index)
        ),
        editable=may(ctx.actor.role, Action.CHECK),
    )


class FindingDetail(QWidget):
    """The finding of one key; another finding gets another detail."""

    def __init__(self, work: CaseWork, finding_id: str, head: CaseHead) -> None:
        super().__init__()
        self._work = work
        self.finding_id = finding_id
        self.number = label("", "dim")
        self.state = Badge()
        self.flags = Badge()
        self.go_there = button("", "link", self._go_there)
        self.title = TextField(tr("Title"), required=True)
        self.severity = ChoiceField(
            tr("Severity"), [(one, shared.severity(one)) for one in Severity]
        )
        self.disposal = ChoiceField(
            tr("Disposal"), [(one, shared.disposal(one)) for one in Disposal]
        )
        self.deadline = DateField(tr("Deadline"))
        self.department = ChoiceField(
            tr("Department"),
            [(one.key, localised(one.short_name, one.name_en)) for one in head.pack.departments],
        )
        self.description = NoteField(tr("What was found"), rows=3)
        self.demand = NoteField(tr("What is demanded"), rows=2)
        self.root_cause = NoteField(tr("Root cause"), rows=2)
        self.supervised = changes(QCheckBox(tr("Under close supervision")))
        self.interviewed = changes(QCheckBox(tr("Interviewed")))
        self.bases = selectable()
        self.photos = PhotoStrip(work.thumbnails)
        self.proof = PhotoStrip(work.thumbnails)
        self.proof_word = label(tr("Proof that it was put right"), "label")
        self.pairs = PairPanel(work, finding_id)
        self.moves = FindingMoves(work, finding_id)
        self.history = QVBoxLayout()
        self.history.setSpacing(4)
        self._events: tuple[FindingEvent, ...] | None = None
        self._sheet: FindingSheet | None = None
        work.serve(self.photos, SubjectKind.FINDING, partial(str, finding_id))
        work.serve(self.proof, SubjectKind.RECTIFICATION, partial(str, finding_id))
        for name, field in self._fields().items():
            keep(field, work.bench.operations, _Edit(finding_id, name))
        for name, tick in self._ticks().items():
            tick.clicked.connect(partial(self._tick, name))
        self._lay_out()

    def _fields(self) -> dict[str, Field]:
        return {
            "title": self.title,
            "severity": self.severity,
            "disposal": self.disposal,
            "deadline_on": self.deadline,
            "department": self.department,
            "description": self.description,
            "demand": self.demand,
            "root_cause": self.root_cause,
        }

    def _ticks(self) -> dict[str, QCheckBox]:
        return {"supervised": self.supervised, "interviewed": self.interviewed}

    def _lay_out(self) -> None:
        card = Card(margin=16, gap=12)
        card.add(row(self.number, self.state, self.flags, 1, self.go_there))
        card.add(self.moves)
        card.add(self.title)
        flags = row(self.supervised, self.interviewed, 1, gap=16)
        flags.setContentsMargins(0, theme.current().px(22), 0, 0)
        card.add(grid([self.severity, self.disposal, self.deadline, box(flags)], columns=2))
        card.add(self.department)
        card.add(self.description)
        card.add(self.demand)
        card.add(self.root_cause)
        for word, content in (
            (label(tr("Legal basis"), "label"), self.bases),
            (label(tr("Photos of the problem"), "label"), self.photos),
            (self.proof_word, self.proof),
        ):
            held = column(word, content, gap=4)
            card.add(held)
        card.add(self.pairs)
        card.add(column(label(tr("History"), "label"), gap=4))
        card.add(self.history)
        self.setLayout(column(card, 1))

    def present(self, head: CaseHead, sheet: FindingSheet) -> None:
        """Show it as it stands."""
        self._sheet = sheet
        finding = sheet.finding
        self.number.setText(tr("Finding {number}", number=finding.finding_no))
        self.state.show_word(
            shared.end_state(finding.state, head.ended_by.get(finding.id, "")),
            shared.finding_tone(finding.state),
        )
        there = _ELSEWHERE.get(finding.state)
        self.go_there.setVisible(there is not None)
        if there is not None:
            self.go_there.setText(tr("Goes on in “{step}” →", step=words.step(there)))
        for name, field in self._fields().items():
            field.set_value(getattr(finding, name))
        settled = finding.state in SETTLED_FINDING_STATES
        for name, tick in self._ticks().items():
            tick.setChecked(getattr(finding, name))
            tick.setEnabled(sheet.editable and not settled)
        writable = sheet.editable and finding.state in _EDITABLE
        for one in (self.title, self.deadline, self.description, self.demand):
            one.set_read_only(not writable)
        for choice in (self.severity, self.disposal, self.department):
            choice.set_read_only(not writable)
        self.root_cause.set_read_only(settled or not sheet.editable)
        self.bases.setText(
            "\n".join(words.basis(one) for one in finding.bases) or tr("No legal basis on record.")
        )
        self.photos.show_photos(sheet.photos)
        after = finding.assigned_by is not None
        self.proof_word.setVisible(after)
        self.proof.setVisible(after)
        self.proof.show_photos(sheet.proof)
        self.pairs.refresh(writable=not settled)
        self.moves.present(finding, sheet.moves)
        if sheet.events != self._events:
            self._events = sheet.events
            clear(self.history)
            for event in reversed(sheet.events):
                text = f"{formats.moment(event.at)}  {words.moved(event.move)}"
                text += f"  {head.name_of(event.actor_id)}"
                if event.reason.strip():
                    text += f"：{event.reason}"
                self.history.addWidget(selectable(text, "dim"))

    def _tick(self, name: str, on: bool) -> None:
        finding_id = self.finding_id
        edit = _Edit(finding_id, name)
        self._work.change(self, lambda ctx: edit(ctx, on))

    def _go_there(self) -> None:
        if self._sheet is not None:
            there = _ELSEWHERE.get(self._sheet.finding.state)
            if there is not None:
                self._work.go(there)


class _Edit:
    """Keeps one field of one finding."""

    def __init__(self, finding_id: str, name: str) -> None:
        self._finding_id = finding_id
        self._name = name

    def __call__(self, ctx: Context, value: Any) -> Finding:
        return edit_finding(ctx, finding_id=self._finding_id, **{self._name: value})
