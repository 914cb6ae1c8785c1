"""What the case page reads: frozen records gathered on the database thread, no widgets."""

from dataclasses import dataclass
from datetime import date

from landsteward.app.cases import CaseOverview, case_facts, case_overview, current_checkup
from landsteward.app.colours import standing
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of, evidence_pool
from landsteward.app.evidence_subjects import loose_evidence
from landsteward.app.language import localised
from landsteward.app.people import Member
from landsteward.app.views import TimelineEntry
from landsteward.domain.casework import Checkup, Evidence, ItemResult
from landsteward.domain.colours import Standing
from landsteward.domain.findings import Finding
from landsteward.domain.guidance import STEP_OF
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES, CaseFacts
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action, may
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingState,
    NextStep,
    OrganisationKind,
    SubjectKind,
)

_TIMELINE_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What stands around every step of a case.

    `due_on` is the next day something is due: of the case, else of the earliest open finding,
    else of the visit. `members` are all people of the workspace by key, also those who left.
    `loose` are the keys of what lies in the pool and is attached to nothing.
    `event_numbers` says for each move of a finding which finding's it is, by its number;
    `ended_by` for each finding its latest move. `added_titles` are those of items put on the form
    on the spot, by their keys.
    """

    overview: CaseOverview
    facts: CaseFacts
    checkup: Checkup | None
    results: tuple[ItemResult, ...]
    added_titles: dict[str, str]
    carrier: str
    grade: str | None
    due_on: date | None
    today: date
    members: dict[str, Member]
    organisations: dict[str, Organisation]
    timeline: tuple[TimelineEntry, ...]
    pool: tuple[Evidence, ...]
    loose: frozenset[str]
    event_numbers: dict[str, int]
    ended_by: dict[str, str]
    pack: RulePack
    standing: Standing

    def name_of(self, person_id: str | None) -> str:
        """A person's name, empty where nobody is meant or known."""
        member = self.members.get(person_id or "")
        return member.person.name if member else ""

    def department_name(self, key: str) -> str:
        """The short name of a department of the pack; the key where the pack has none such."""
        return next(
            (
                localised(one.short_name, one.name_en)
                for one in self.pack.departments
                if one.key == key
            ),
            key,
        )


def read_head(ctx: Context, case_id: str) -> CaseHead:
    """Everything around the steps."""
    space = ctx.workspace
    overview = case_overview(ctx, case_id=case_id)
    case = overview.case
    checkup = current_checkup(ctx, case_id=case_id)
    organisations = {one.id: one for one in space.organisations.where()}
    carrier = organisations.get(case.carrier_id or "")
    events = {
        finding: space.finding_events.where(finding_id=finding.id) for finding in overview.findings
    }
    return CaseHead(
        overview=overview,
        facts=case_facts(ctx, case_id=case_id),
        checkup=checkup,
        results=tuple(space.item_results.where(checkup_id=checkup.id)) if checkup else (),
        added_titles={
            one.item_key: one.title for one in space.added_items.where(checkup_id=checkup.id)
        }
        if checkup
        else {},
        carrier=carrier.name if carrier else "",
        grade=_grade(ctx, case.enterprise_id),
        due_on=_due_on(overview, checkup),
        today=ctx.today(),
        members={
            one.id: Member(person=one, organisation=organisations[one.organisation_id])
            for one in space.people.where()
            if one.organisation_id in organisations
        },
        organisations=organisations,
        timeline=tuple(space.reports.timeline(case_id)[:_TIMELINE_SHOWN]),
        pool=tuple(evidence_pool(ctx, case_id=case_id)),
        loose=loose_evidence(ctx, case_id=case_id),
        event_numbers={
            event.id: finding.finding_no for finding, told in events.items() for event in told
        },
        ended_by={finding.id: told[-1].move for finding, told in events.items() if told},
        pack=ctx.packs.get(case.pack, case.pack_version),
        standing=standing(ctx, case_id=case_id),
    )


def _grade(ctx: Context, enterprise_id: str | None) -> str | None:
    if enterprise_id is None:
        return None
    graded = [
        one for one in ctx.workspace.yearly_metrics.where(enterprise_id=enterprise_id) if one.grade
    ]
    return max(graded, key=lambda one: one.year).grade if graded else None


def _due_on(overview: CaseOverview, checkup: Checkup | None) -> date | None:
    case = overview.case
    if case.stage in (CaseStage.CLOSED, CaseStage.ARCHIVED):
        return None
    if case.due_on is not None:
        return case.due_on
    if case.stage is CaseStage.SCHEDULED and checkup is not None:
        return checkup.scheduled_on
    dues = [
        one.deadline_on
        for one in overview.findings
        if one.deadline_on is not None and one.state not in SETTLED_FINDING_STATES
    ]
    return min(dues, default=None)


def step_of_now(head: CaseHead) -> CaseStep:
    """The step where the case stands."""
    return STEP_OF[head.overview.next_step]


def step_states(head: CaseHead) -> dict[CaseStep, str]:
    """For each step `done`, `now`, `open` (something is there already) or `ahead`."""
    order = list(CaseStep)
    if head.overview.next_step is NextStep.NOTHING:
        return dict.fromkeys(order, "done")
    here = order.index(step_of_now(head))
    begun = _begun(head)
    states = {}
    for place, step in enumerate(order):
        if place == here:
            states[step] = "now"
        elif place < here:
            states[step] = "done" if _passed(head, step) else "open"
        else:
            states[step] = "open" if step in begun else "ahead"
    return states


def _passed(head: CaseHead, step: CaseStep) -> bool:
    """Whether a step that lies behind is finished, and not merely not the next thing to do."""
    if step is CaseStep.CHECKUP:
        return head.checkup is not None and head.checkup.finished_at is not None
    return True


def _begun(head: CaseHead) -> set[CaseStep]:
    begun = set()
    states = {one.state for one in head.overview.findings}
    if head.checkup is not None:
        begun.add(CaseStep.CHECKUP)
    if states:
        begun.add(CaseStep.FINDINGS)
    if states & {FindingState.PLANNING, FindingState.PLAN_REVIEW}:
        begun.add(CaseStep.PLAN)
    if states & {FindingState.RECTIFYING, FindingState.RETURNED}:
        begun.add(CaseStep.FOLLOW_UP)
    if states & {FindingState.SUBMITTED, FindingState.RECHECK, FindingState.CLOSED}:
        begun.add(CaseStep.CLOSURE)
    return begun


def photos_of(
    ctx: Context, kind: SubjectKind, subjects: list[str]
) -> dict[str, tuple[Evidence, ...]]:
    """The evidence attached to each of these subjects."""
    return {one: tuple(evidence_of(ctx, subject_kind=kind, subject_id=one)) for one in subjects}


def plan_deciders(head: CaseHead, plan: RemedyPlan) -> list[Member]:
    """Who may decide on a version that somebody wrote: of the carrier first, then departments."""
    asked = [OrganisationKind.CARRIER, OrganisationKind.DEPARTMENT]
    found = [
        member
        for member in head.members.values()
        if member.person.active
        and member.person.id != plan.prepared_by
        and member.organisation.kind in asked
        and may(member.person.role, Action.DECIDE_PLAN)
    ]
    return sorted(found, key=lambda member: asked.index(member.organisation.kind))


def second_people(head: CaseHead, finding: Finding, requested_by: str) -> list[Member]:
    """Who may approve the closure of a finding that somebody asked for."""
    return [
        member
        for member in head.members.values()
        if member.person.active
        and member.organisation.id == finding.assigned_by
        and member.person.id != requested_by
        and may(member.person.role, Action.CLOSE)
    ]
