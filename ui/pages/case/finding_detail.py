"""One finding in full: its words, law, photos, the moves it admits, what goes beside, history."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.findings import edit_finding
from landsteward.app.language import localised, tr
from landsteward.domain.findings import Finding, FindingEvent, LegalBasis
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import (
    CaseStep,
    Disposal,
    FindingState,
    Severity,
    SubjectKind,
)
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.finding_bases import BasisEditor
from ui.pages.case.finding_joint import JointCard, JointData
from ui.pages.case.finding_moves import FindingMoves
from ui.pages.case.finding_objection import ObjectionCard, ObjectionData
from ui.pages.case.finding_reading import FindingSheet
from ui.pages.case.finding_slips import SlipCard, SlipData
from ui.pages.case.pairs import PairPanel
from ui.pages.case.reading import CaseHead
from ui.pages.case.ways_glance import WaysGlance
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
        self.category = ChoiceField(tr("Category"), categories(head.pack))
        self.violated = DateField(tr("Day of the violation"))
        self.parcel = ChoiceField(tr("Parcel"))
        self.description = NoteField(tr("What was found"), rows=3)
        self.demand = NoteField(tr("What is demanded"), rows=2)
        self.cause_key = ChoiceField(tr("Root cause"), root_causes(head.pack))
        self.root_cause = NoteField(tr("More about the cause"), rows=2)
        self.supervised = changes(QCheckBox(tr("Under close supervision")))
        self.interviewed = changes(QCheckBox(tr("Interviewed")))
        self.bases = BasisEditor(head.pack, self._keep_bases)
        self.photos = PhotoStrip(work.thumbnails)
        self.proof = PhotoStrip(work.thumbnails)
        self.proof_word = label(tr("Proof that it was put right"), "label")
        self.pairs = PairPanel(work, finding_id)
        self.moves = FindingMoves(work, finding_id)
        self.joint = JointCard(work, finding_id, head)
        self.objections = ObjectionCard(work)
        self.slips = SlipCard(work)
        self.ways = WaysGlance(work)
        self.history = QVBoxLayout()
        self.history.setSpacing(4)
        self._events: tuple[FindingEvent, ...] | None = None
        self._sheet: FindingSheet | None = None
        self._parcels: list[tuple[str | None, str]] = []
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
            "category": self.category,
            "violated_on": self.violated,
            "parcel_id": self.parcel,
            "description": self.description,
            "demand": self.demand,
            "root_cause_key": self.cause_key,
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
        chosen: list[Field] = [self.department, self.category, self.severity, self.disposal]
        card.add(grid([*chosen, self.violated, self.deadline], columns=2))
        card.add(self.parcel)
        card.add(self.description)
        card.add(self.demand)
        card.add(self.bases)
        card.add(grid([self.cause_key, box(flags)], columns=2))
        card.add(self.root_cause)
        for word, content in (
            (label(tr("Photos of the problem"), "label"), self.photos),
            (self.proof_word, self.proof),
        ):
            card.add(column(word, content, gap=4))
        card.add(self.pairs)
        history = Card(tr("History"))
        history.add(self.history)
        both = (card, self.ways, self.objections, self.joint, self.slips, history)
        self.setLayout(column(*both, 1, gap=12))

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
        self._show_parcels(sheet)
        settled = finding.state in SETTLED_FINDING_STATES
        for name, tick in self._ticks().items():
            tick.setChecked(getattr(finding, name))
            tick.setEnabled(sheet.editable and not settled)
        writable = sheet.editable and finding.state in _EDITABLE
        for one in (self.title, self.deadline, self.description, self.demand, self.violated):
            one.set_read_only(not writable)
        for choice in (self.severity, self.disposal, self.department):
            choice.set_read_only(not writable)
        for more in (self.category, self.cause_key, self.root_cause, self.parcel):
            more.set_read_only(settled or not sheet.editable)
        self.bases.present(finding.bases, finding.violated_on or sheet.today, writable=writable)
        self.photos.show_photos(sheet.photos)
        after = finding.assigned_by is not None
        self.proof_word.setVisible(after)
        self.proof.setVisible(after)
        self.proof.show_photos(sheet.proof)
        self.ways.present(sheet.ways)
        self.pairs.refresh(writable=not settled)
        self.moves.present(finding, sheet.moves, sheet.forms)
        self._present_beside(head, sheet)
        if sheet.events != self._events:
            self._events = sheet.events
            clear(self.history)
            for event in reversed(sheet.events):
                text = f"{formats.moment(event.at)}  {words.moved(event.move)}"
                text += f"  {head.name_of(event.actor_id)}"
                if event.reason.strip():
                    text += f"：{event.reason}"
                self.history.addWidget(selectable(text, "dim"))

    def _present_beside(self, head: CaseHead, sheet: FindingSheet) -> None:
        """Objections, slips and joint disposal; each put away while there is none."""
        suggested = sheet.suggestion.parcel_id if sheet.suggestion is not None else None
        self.objections.present(
            tuple(
                ObjectionData(objection=one, letters=sheet.letters[one.id], head=head)
                for one in sheet.objections
            )
        )
        self.joint.present(
            head,
            JointData(
                joint=sheet.joint,
                suggestion=sheet.suggestion,
                free=sheet.free,
                parcel=dict(sheet.parcels).get(suggested or "", ""),
                writable=sheet.decides,
            ),
        )
        self.slips.present(
            tuple(
                SlipData(
                    slip=one,
                    letters=sheet.letters[one.referral.id],
                    ours=one.referral.id in sheet.ours,
                    head=head,
                )
                for one in sheet.slips
            )
        )

    def _show_parcels(self, sheet: FindingSheet) -> None:
        """Which parcel it is about is asked where there are several to choose from."""
        options: list[tuple[str | None, str]] = [(None, tr("Not said")), *sheet.parcels]
        if options != self._parcels:
            self._parcels = options
            self.parcel.set_options(options)
            self.parcel.set_value(sheet.finding.parcel_id)
        self.parcel.setVisible(len(sheet.parcels) > 1)

    def _keep_bases(self, bases: tuple[LegalBasis, ...]) -> None:
        finding_id = self.finding_id
        self._work.change(self, lambda ctx: edit_finding(ctx, finding_id=finding_id, bases=bases))

    def _tick(self, name: str, on: bool) -> None:
        finding_id = self.finding_id
        edit = _Edit(finding_id, name)
        self._work.change(self, lambda ctx: edit(ctx, on))

    def _go_there(self) -> None:
        if self._sheet is not None:
            there = _ELSEWHERE.get(self._sheet.finding.state)
            if there is not None:
                self._work.go(there)


def categories(pack: RulePack) -> list[tuple[str | None, str]]:
    """The categories of a pack to choose from."""
    known = [(one.key, localised(one.name, one.name_en)) for one in pack.findings.categories]
    return [(None, tr("Not said")), *known]


def root_causes(pack: RulePack) -> list[tuple[str | None, str]]:
    """The root causes of a pack to choose from."""
    known = [(one.key, localised(one.name, one.name_en)) for one in pack.findings.root_causes]
    return [(None, tr("Not said")), *known]


class _Edit:
    """Keeps one field of one finding."""

    def __init__(self, finding_id: str, name: str) -> None:
        self._finding_id = finding_id
        self._name = name

    def __call__(self, ctx: Context, value: Any) -> Finding:
        return edit_finding(ctx, finding_id=self._finding_id, **{self._name: value})
