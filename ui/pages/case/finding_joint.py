"""联合处置 of a finding: suggested, bound, who leads and takes part, measures, record."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox

from landsteward.app.context import Context
from landsteward.app.joint_disposals import (
    Joint,
    Suggestion,
    bind_findings,
    conclude_joint,
    edit_joint,
    release_from_joint,
)
from landsteward.app.language import localised, tr
from landsteward.domain.findings import Finding
from landsteward.domain.rulepack import RulePack
from ui import formats
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.joint_measures import Measures
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, changes, clear, column, label, row, selectable
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, NoteField, TextField
from ui.widgets.flow import FlowLayout
from ui.widgets.forms import grid, keep
from ui.widgets.signs import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class JointData:
    """What a finding's joint disposal is, or could be.

    `free` are the findings of the case that may be bound with it, itself among them; `writable`:
    who acts may decide on findings. `parcel` names the one a suggestion is about.
    """

    joint: Joint | None
    suggestion: Suggestion | None
    free: tuple[Finding, ...]
    parcel: str
    writable: bool


class JointCard(Card):
    """Put away where nothing could be bound."""

    def __init__(self, work: CaseWork, finding_id: str, head: CaseHead) -> None:
        super().__init__(tr("Joint disposal"), gap=12)
        self._work = work
        self._finding_id = finding_id
        self._data: JointData | None = None
        self.form: BindForm | None = None
        self.state = Badge()
        self.head.addWidget(self.state)
        self.advice = label("", "", wrap=True)
        self.bind = button(tr("Bind together"), "small", self._bind_suggested, changing=True)
        self.choose = button(tr("Bind with other findings…"), "link", self.open_form, changing=True)
        self.bound = BoundJoint(work, finding_id, head)
        self._place = column(gap=0)
        offer = row(gap=8)
        offer.addWidget(self.advice, 1)
        offer.addWidget(self.bind)
        self.offer = box(offer)
        self.add(self.offer)
        self.add(row(self.choose, 1))
        self.add(self._place)
        self.add(self.bound)
        self.hide()

    def present(self, head: CaseHead, data: JointData) -> None:
        """Show what is there, or what could be done."""
        self._data = data
        joint = data.joint
        several = len({one.department for one in data.free}) > 1
        self.setVisible(joint is not None or (data.writable and several))
        self.offer.setVisible(joint is None and data.suggestion is not None)
        self.bind.setEnabled(data.writable)
        self.choose.setVisible(joint is None and data.writable and self.form is None)
        self.bound.setVisible(joint is not None)
        self.state.setVisible(joint is not None)
        if data.suggestion is not None:
            self.advice.setText(_advice(head, data, data.suggestion))
        if joint is not None:
            self.close_form()
            ended = joint.disposal.concluded_on
            self.state.show_word(
                tr("Concluded {day}", day=formats.day(ended)) if ended else tr("Under way"),
                "good" if ended else "accent",
            )
            self.bound.present(head, joint, writable=data.writable)

    def open_form(self) -> None:
        """Choose which findings, who leads and what the cause is."""
        head = self._work.head
        if self._data is None or head is None:
            return
        self.close_form()
        self.form = BindForm(self._work, self._finding_id, head, self._data)
        self.form.closed.connect(self.close_form)
        self._place.addWidget(self.form)
        self.choose.hide()
        self.form.begin()

    def close_form(self) -> None:
        """Put the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            data = self._data
            self.choose.setVisible(data is not None and data.joint is None and data.writable)

    def _bind_suggested(self) -> None:
        if self._data is None or self._data.suggestion is None:
            return
        ids = [one.id for one in self._data.suggestion.findings]
        self._work.change(self, lambda ctx: bind_findings(ctx, finding_ids=ids))


def _advice(head: CaseHead, data: JointData, suggestion: Suggestion) -> str:
    numbers = tr(", ").join(str(one.finding_no) for one in suggestion.findings)
    departments = tr(", ").join(head.department_name(one) for one in suggestion.departments)
    cause = head.pack.findings.root_cause(suggestion.root_cause_key)
    if cause is not None:
        return tr(
            "Findings {numbers} ({departments}) share the cause “{cause}”.",
            numbers=numbers,
            departments=departments,
            cause=localised(cause.name, cause.name_en),
        )
    return tr(
        "Findings {numbers} ({departments}) are about the same parcel: {parcel}.",
        numbers=numbers,
        departments=departments,
        parcel=data.parcel,
    )


def _named(head: CaseHead, one: Finding) -> str:
    """A finding by number, title and department."""
    return tr(
        "{number} {title} ({department})",
        number=one.finding_no,
        title=one.title,
        department=head.department_name(one.department),
    )


def department_options(pack: RulePack) -> list[tuple[str, str]]:
    """The departments of a pack to choose from."""
    return [(one.key, localised(one.short_name, one.name_en)) for one in pack.departments]


class BindForm(ActionForm):
    """Which findings, who leads, what they have in common."""

    def __init__(self, work: CaseWork, finding_id: str, head: CaseHead, data: JointData) -> None:
        super().__init__(work, finding_id, "joint", tr("Bind together"))
        suggested = {one.id for one in data.suggestion.findings} if data.suggestion else set()
        self.ticks: dict[str, QCheckBox] = {}
        lines = column(gap=2)
        for one in data.free:
            words = _named(head, one)
            tick = changes(QCheckBox())
            tick.setAccessibleName(words)
            tick.setChecked(one.id == finding_id or one.id in suggested)
            tick.setEnabled(one.id != finding_id)
            self.ticks[one.id] = tick
            line = row(tick)
            line.addWidget(label(words, wrap=True), 1)
            lines.addLayout(line)
        own = next(one for one in data.free if one.id == finding_id)
        self.lead = ChoiceField(tr("Lead department"), department_options(head.pack))
        self.cause = TextField(tr("Common cause"))
        self.add(lines)
        self.add(grid([self.lead, self.cause], columns=2))
        self.finish({"cause": self.cause}, {})
        self.lead.set_value(own.department)

    def prepared(self) -> Action | None:
        """At least two must be ticked; what the departments are, the use case asks."""
        ids = [key for key, tick in self.ticks.items() if tick.isChecked()]
        lead, cause = self.lead.value(), self.cause.value()
        return lambda ctx: bind_findings(ctx, finding_ids=ids, lead=lead, cause=cause)


class BoundJoint(Card):
    """A joint disposal as it stands; each field is kept as it is left."""

    def __init__(self, work: CaseWork, finding_id: str, head: CaseHead) -> None:
        super().__init__(margin=0, gap=12)
        self.setProperty("role", "")
        self._work = work
        self._finding_id = finding_id
        self._joint_id = ""
        self._departments: tuple[str, ...] = ()
        self.cause = TextField(tr("Common cause"))
        self.lead = ChoiceField(tr("Lead department"), department_options(head.pack))
        self.taking_part: dict[str, QCheckBox] = {}
        part = FlowLayout(gap=10)
        for key, word in department_options(head.pack):
            tick = changes(QCheckBox(word))
            tick.clicked.connect(partial(self._take_part, key))
            self.taking_part[key] = tick
            part.addWidget(tick)
        self.findings = column(gap=2)
        self._shown: tuple[tuple[str, int, str], ...] = ()
        self.measures = Measures(work)
        self.record = NoteField(tr("How it went"), rows=3)
        self.refusal = Refusal()
        self.release = button(tr("Take this finding out"), "link", self._release, changing=True)
        self.conclude = button(tr("Conclude"), "small", self._conclude, changing=True)
        self.ended = selectable("", "dim")
        for name, field in (("cause", self.cause), ("lead", self.lead), ("record", self.record)):
            field.set_value(None if field is self.lead else "")
            keep(field, work.bench.operations, partial(self._edit, name))
        self.add(grid([self.lead, self.cause], columns=2))
        self.add(column(label(tr("Departments taking part"), "label"), part, gap=4))
        self.add(column(label(tr("Findings bound"), "label"), self.findings, gap=4))
        self.add(self.measures)
        self.add(self.record)
        self.add(self.ended)
        self.add(row(self.release, self.refusal, self.conclude))

    def present(self, head: CaseHead, joint: Joint, *, writable: bool) -> None:
        """Show it."""
        one = joint.disposal
        self._joint_id, self._departments = one.id, one.departments
        open_ = writable and one.concluded_on is None
        for field, value in (
            (self.cause, one.cause),
            (self.lead, one.lead),
            (self.record, one.record),
        ):
            field.set_value(value)
            field.set_read_only(not open_)
        needed = {finding.department for finding in joint.findings} | {one.lead}
        needed |= {measure.department for measure in joint.measures}
        for key, tick in self.taking_part.items():
            tick.setChecked(key in one.departments)
            tick.setEnabled(open_ and key not in needed)
        self._show_findings(head, joint.findings)
        self.measures.present(head, one.id, joint.measures, fixed=not open_)
        self.release.setVisible(open_)
        self.conclude.setVisible(open_)
        lead = self._work.bench.member().organisation.department == one.lead
        self.conclude.setEnabled(lead)
        self.conclude.setToolTip("" if lead else tr("The lead department concludes it"))
        if one.concluded_on is not None:
            self.ended.setText(
                tr(
                    "Concluded {day} by {name}",
                    day=formats.day(one.concluded_on),
                    name=head.name_of(one.concluded_by),
                )
            )
        self.ended.setVisible(one.concluded_on is not None)

    def _show_findings(self, head: CaseHead, findings: Sequence[Finding]) -> None:
        shown = tuple((one.id, one.finding_no, one.title) for one in findings)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self.findings)
        for one in findings:
            words = _named(head, one)
            if one.id == self._finding_id:
                self.findings.addWidget(selectable(words))
            else:
                see = button(tr("See it"), "link", partial(self._work.finding_asked.emit, one.id))
                line = row(see)
                line.insertWidget(0, selectable(words), 1)
                self.findings.addLayout(line)

    def _edit(self, name: str, ctx: Context, value: Any) -> object:
        changed: Any = {name: value}
        return edit_joint(ctx, joint_id=self._joint_id, **changed)

    def _take_part(self, key: str, on: bool) -> None:
        joint_id = self._joint_id
        others = tuple(one for one in self._departments if one != key)
        wanted = (*others, key) if on else others
        self._work.change(
            self,
            lambda ctx: edit_joint(ctx, joint_id=joint_id, departments=wanted),
            error=self.refusal,
        )

    def _release(self) -> None:
        finding_id = self._finding_id
        self._work.change(
            self,
            lambda ctx: release_from_joint(ctx, finding_id=finding_id),
            error=self.refusal,
        )

    def _conclude(self) -> None:
        if not self.record.commit():
            return
        joint_id, record = self._joint_id, self.record.value()
        self._work.change(
            self,
            lambda ctx: conclude_joint(ctx, joint_id=joint_id, record=record),
            error=self.refusal,
        )
