"""Which plan and version is in front, how it stands, and what can be done with it as a whole."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from landsteward.app.language import render, tr
from landsteward.app.plan_reading import PlanSheet
from landsteward.domain.plans import RemedyPlan, latest_versions, row_of_versions
from landsteward.domain.states import PlanStatus
from landsteward.domain.text import Message
from ui import formats
from ui import words as shared
from ui.pages.case.reading import CaseHead, plan_deciders
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, clear, column, label, row, show_if
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, NoteField
from ui.widgets.flow import FlowLayout

DECISION_FORM = "plan_decision"
"""Under this name is kept what was typed of an opinion that is not given yet."""
_MOST = 6
"""So many people are offered who could decide."""


class PlanHead(Card):
    """Plans and versions as segments; submit, new version, decide."""

    selected = Signal(str)
    submitted = Signal()
    renewed = Signal()
    begun = Signal()
    compared = Signal()
    decided = Signal(bool)
    """Whether the version in front is to be accepted."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(margin=12, gap=8)
        self._work = work
        self.plans: dict[str, QPushButton] = {}
        self.versions: dict[str, QPushButton] = {}
        self._groups = (QButtonGroup(self), QButtonGroup(self))
        self._plans, self._versions = FlowLayout(gap=6), FlowLayout(gap=6)
        self._plans_box = box(self._plans)
        self.meta = label("", "dim", wrap=True)
        self.submit = button(
            tr("Submit the remedy plan"), "small", self.submitted.emit, changing=True
        )
        self.renew = button(tr("New version"), "small", self.renewed.emit, changing=True)
        self.another = button(tr("Another plan…"), "small", self.begun.emit, changing=True)
        self.compare = button(tr("Compare versions"), "small", self.compared.emit)
        self.error = Refusal()
        self.add(self._plans_box)
        top = row(gap=8)
        top.addWidget(box(self._versions), 2)
        top.addWidget(self.error, 1)
        for one in (self.compare, self.another, self.renew, self.submit):
            top.addWidget(one)
        self.add(top)
        self.add(self.meta)
        self.comment = NoteField(tr("Opinion"), rows=1)
        self.alternative = ChoiceField(tr("Which alternative is accepted"))
        self.alternative.setFixedWidth(300)
        self.give_back = button(
            tr("Return"), "small", lambda: self.decided.emit(False), changing=True
        )
        self.accept = button(tr("Accept"), "small", lambda: self.decided.emit(True), changing=True)
        self.needed = label("", "caution", wrap=True)
        self.people = FlowLayout(gap=6)
        self._people = box(self.people)
        self.switches: dict[str, QPushButton] = {}
        line = row(gap=12)
        line.addWidget(self.comment, 1)
        line.addWidget(self.alternative)
        self._deciding = box(column(line, row(1, self.give_back, self.accept), gap=8))
        self.decision = box(column(self.needed, self._people, self._deciding, gap=8))
        self.add(self.decision)
        self.drafts = Drafts(work, self, DECISION_FORM, {"comment": self.comment})

    def present(
        self,
        head: CaseHead,
        plans: Sequence[RemedyPlan],
        sheet: PlanSheet,
        alternatives: Sequence[tuple[str, str]],
        refusal: Message | None,
    ) -> None:
        """Show the plans of the case and the versions of the one in front."""
        front = sheet.plan
        latest = latest_versions(plans)
        versions = row_of_versions(plans, front.id)
        self._segments(self.plans, self._plans, self._groups[0], [one.id for one in latest])
        for number, plan in enumerate(latest, start=1):
            made = self.plans[plan.id]
            made.setText(tr("Plan {number}", number=number))
            made.setChecked(plan.id == versions[-1].id)
        show_if(self._plans_box, len(latest) > 1)
        self._segments(self.versions, self._versions, self._groups[1], [one.id for one in versions])
        for plan in versions:
            made = self.versions[plan.id]
            made.setText(
                tr(
                    "Version {number} · {status}",
                    number=plan.version,
                    status=shared.plan_status(plan.status),
                )
            )
            made.setChecked(plan.id == front.id)
        self.meta.setText(_said(head, front))
        show_if(self.meta, bool(self.meta.text()))
        last = front.id == versions[-1].id
        self.submit.setVisible(front.status is PlanStatus.DRAFT)
        self.renew.setVisible(last and front.status not in (PlanStatus.DRAFT, PlanStatus.SUBMITTED))
        show_if(self.compare, len(versions) > 1)
        self.decision.setVisible(front.status is PlanStatus.SUBMITTED)
        self._offer(head, front, refusal)
        chosen = self.alternative.value()
        self.alternative.set_options(list(alternatives))
        keys = [key for key, _name in alternatives]
        self.alternative.set_value(chosen if chosen in keys else sheet.plan.recommended_id)
        show_if(self.alternative, len(keys) > 1)

    def _offer(self, head: CaseHead, plan: RemedyPlan, refusal: Message | None) -> None:
        """Who decides, where the acting person does not."""
        show_if(self._deciding, refusal is None)
        show_if(self.needed, refusal is not None)
        if refusal is not None:
            self.needed.setText(tr("{need} One of these can:", need=render(refusal)))
        others = plan_deciders(head, plan)[:_MOST] if refusal is not None else []
        show_if(self._people, bool(others))
        if [one.person.id for one in others] == list(self.switches):
            return
        clear(self.people)
        self.switches = {}
        for one in others:
            made = button(
                tr("Go on as {person}", person=one.person.name),
                "small",
                partial(self._work.bench.act_as, one.person.id),
                hint=f"{one.organisation.name} · {shared.role(one.person.role)}",
                changing=True,
            )
            self.switches[one.person.id] = made
            self.people.addWidget(made)

    def _segments(
        self,
        made: dict[str, QPushButton],
        place: FlowLayout,
        group: QButtonGroup,
        keys: list[str],
    ) -> None:
        if keys == list(made):
            return
        for old in made.values():
            group.removeButton(old)
        clear(place)
        made.clear()
        for key in keys:
            one = button("", "segment", partial(self.selected.emit, key))
            one.setCheckable(True)
            group.addButton(one)
            made[key] = one
            place.addWidget(one)


def _said(head: CaseHead, plan: RemedyPlan) -> str:
    parts = []
    if plan.prepared_by:
        parts.append(tr("Written by {person}", person=head.name_of(plan.prepared_by)))
    if plan.submitted_at is not None:
        parts.append(tr("submitted {at}", at=formats.moment(plan.submitted_at)))
    if plan.decided_at is not None:
        parts.append(
            tr(
                "decided {at} by {person}",
                at=formats.moment(plan.decided_at),
                person=head.name_of(plan.decided_by),
            )
        )
    if plan.decision_note:
        parts.append(tr("Opinion: {text}", text=plan.decision_note))
    return " · ".join(parts)
