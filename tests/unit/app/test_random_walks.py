"""Random people do random things: no way leads around the guards, and the file stays whole."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.checkups import answer_item, answer_rest_ok, finish_checkup, start_checkup
from landsteward.app.chosen_ways import choose_way
from landsteward.app.closing_conditions import case_ends, explain, loose_ends, plan_of
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.context import Context
from landsteward.app.evidence import add_evidence, attach_evidence, detach_evidence
from landsteward.app.extensions import decide_extension
from landsteward.app.findings import edit_finding, finding_from_item, move_finding
from landsteward.app.follow_ups import complete_step, record_follow_up
from landsteward.app.immediate_fixes import fix_on_the_spot
from landsteward.app.joint_disposals import bind_findings
from landsteward.app.plan_comments import answer_comment, comment_plan, settle_comment
from landsteward.app.plan_reading import leading_steps
from landsteward.app.plan_writing import (
    add_alternative,
    add_step,
    edit_alternative,
    recommend_alternative,
    remove_alternative,
)
from landsteward.app.plans import (
    accept_plan,
    draft_plan,
    edit_plan,
    new_version,
    return_plan,
    submit_plan,
)
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.app.referrals import log_receipt, log_reply, void_slip, waiting_slips
from landsteward.domain.closing import ConditionKey
from landsteward.domain.errors import KnownError
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import (
    CaseStage,
    FindingMove,
    FindingState,
    ItemOutcome,
    OrganisationKind,
    PlanStatus,
    RecheckKind,
    SlipKind,
    SubjectKind,
)
from tests.helpers.casework import (
    PHOTO,
    archive,
    in_checkup,
    objected,
    problem,
    sent,
    show_problem,
)
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import ECOLOGY, LAND

PROVED = frozenset({FindingState.CLOSED, FindingState.LOOK_BACK})
SETS_DEADLINE = frozenset({FindingMove.ASSIGN, FindingMove.EXTEND, FindingMove.REOPEN})
ENDED = frozenset({CaseStage.CLOSED, CaseStage.ARCHIVED})
WHO = st.integers(0, 6)
PICK = st.integers(0, 5)
MOVES = st.sampled_from(list(FindingMove))


class OfficeWalk(RuleBasedStateMachine):
    """One case with two findings in many hands; the clock goes on a day with every attempt."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.deadlines: dict[str, tuple[date | None, int]] = {}
        self.counted: list[int] = []
        self.stage = CaseStage.IN_CHECKUP

    @initialize()
    def begin(self) -> None:
        self.office = open_office(Path(self.folder.name))
        self.case, self.checkup = in_checkup(self.office)
        for key in ("start", "noise"):
            problem(self.office, self.checkup, key)

    def teardown(self) -> None:
        report = self.office.workspace.check()
        self.office.workspace.close()
        self.folder.cleanup()
        assert report.ok, report

    def attempt(self, who: int, action: Callable[[Context], object]) -> None:
        """Do it as one of the seven; being refused is part of life, anything else is a bug."""
        self.office.clock.pass_days(1)
        with suppress(KnownError):
            action(self.office.everybody[who])

    @rule(who=WHO, pick=PICK, outcome=st.sampled_from([*ItemOutcome, None]))
    def answer(self, who: int, pick: int, outcome: ItemOutcome | None) -> None:
        lines = self.office.workspace.item_results.where(checkup_id=self.checkup.id)
        result = lines[pick % len(lines)]
        self.attempt(who, lambda ctx: answer_item(ctx, result_id=result.id, outcome=outcome))
        self.attempt(who, lambda ctx: finding_from_item(ctx, result_id=result.id))

    @rule(who=WHO)
    def finish_the_visit(self, who: int) -> None:
        checkup = self.checkup
        self.attempt(who, lambda ctx: start_checkup(ctx, checkup_id=checkup.id))
        for key in checkup.departments:
            self.attempt(
                who,
                partial(answer_rest_ok, checkup_id=checkup.id, department=key),
            )
        self.attempt(
            who, lambda ctx: finish_checkup(ctx, checkup_id=checkup.id, representative="乙")
        )

    @rule(who=WHO, pick=PICK, move=MOVES, reason=st.sampled_from(["", "因故"]), days=PICK)
    def move(self, who: int, pick: int, move: FindingMove, reason: str, days: int) -> None:
        finding = self.finding(pick)
        due = self.office.clock.today() + timedelta(days=20 * days) if days else None
        self.attempt(
            who,
            lambda ctx: move_finding(
                ctx, finding_id=finding, move=move, reason=reason, deadline_on=due
            ),
        )

    @rule(who=WHO, pick=PICK)
    def confirm_and_assign(self, who: int, pick: int) -> None:
        for move in (FindingMove.CONFIRM, FindingMove.ASSIGN):
            self.move(who, pick, move, "", 2)

    @rule(who=WHO, pick=PICK)
    def edit(self, who: int, pick: int) -> None:
        finding = self.finding(pick)
        self.attempt(who, lambda ctx: edit_finding(ctx, finding_id=finding, demand="限期"))

    @rule(who=WHO, pick=PICK)
    def plan(self, who: int, pick: int) -> None:
        def write(ctx: Context) -> None:
            plan = draft_plan(ctx, case_id=self.case.id, finding_ids=[self.finding(pick)])
            way = plan.recommended_id or ""
            firm_id = self.office.consultant.actor.organisation_id
            edit_plan(ctx, plan_id=plan.id, firm_id=firm_id)
            edit_alternative(ctx, alternative_id=way, no_target_reason="无")
            choose_way(
                ctx, alternative_id=way, finding_id=self.finding(pick), way="raise_ratio", why="可"
            )
            add_step(ctx, alternative_id=way, title="甲", responsible="乙", due_on=ctx.today())

        self.attempt(who, write)

    @rule(who=WHO, pick=PICK, done=st.sampled_from(["submit", "accept", "return", "renew"]))
    def go_on_with_a_plan(self, who: int, pick: int, done: str) -> None:
        plans = self.office.workspace.remedy_plans.where(case_id=self.case.id)
        if not plans:
            return
        plan_id = plans[pick % len(plans)].id
        actions: dict[str, Callable[[Context], object]] = {
            "submit": lambda ctx: submit_plan(ctx, plan_id=plan_id),
            "accept": lambda ctx: accept_plan(ctx, plan_id=plan_id),
            "return": lambda ctx: return_plan(ctx, plan_id=plan_id, comment="重写"),
            "renew": lambda ctx: new_version(ctx, plan_id=plan_id),
        }
        self.attempt(who, actions[done])

    @rule(who=WHO, other=WHO, pick=PICK, done=st.sampled_from(["more", "less", "turn", "accept"]))
    def weigh_alternatives(self, who: int, other: int, pick: int, done: str) -> None:
        found = self.office.workspace.plan_alternatives.where()
        if not found:
            return
        one = found[pick % len(found)]
        actions: dict[str, Callable[[Context], object]] = {
            "more": lambda ctx: add_alternative(ctx, plan_id=one.plan_id, like=one.id),
            "less": lambda ctx: remove_alternative(ctx, alternative_id=one.id),
            "turn": lambda ctx: recommend_alternative(ctx, alternative_id=one.id),
            "accept": lambda ctx: accept_plan(ctx, plan_id=one.plan_id, alternative_id=one.id),
        }
        self.attempt(who, actions[done])
        self.attempt(other, lambda ctx: comment_plan(ctx, plan_id=one.plan_id, text="请说明"))

    @rule(who=WHO, pick=PICK, answered=st.booleans())
    def go_on_with_a_comment(self, who: int, pick: int, answered: bool) -> None:
        found = self.office.workspace.plan_comments.where()
        if not found:
            return
        key = found[pick % len(found)].id
        if answered:
            self.attempt(who, lambda ctx: answer_comment(ctx, comment_id=key, answer="已改"))
        else:
            self.attempt(who, lambda ctx: settle_comment(ctx, comment_id=key))

    @rule(who=WHO)
    def follow_up(self, who: int) -> None:
        self.attempt(
            who,
            lambda ctx: record_follow_up(
                ctx, case_id=self.case.id, happened_on=ctx.today(), content="进展", percent=40
            ),
        )

    @rule(who=WHO, pick=PICK, take_off=st.booleans())
    def prove_or_take_off(self, who: int, pick: int, take_off: bool) -> None:
        def change(ctx: Context) -> None:
            photo = add_evidence(ctx, case_id=self.case.id, file_name="a.jpg", content=PHOTO)
            (detach_evidence if take_off else attach_evidence)(
                ctx,
                evidence_id=photo.id,
                subject_kind=SubjectKind.RECTIFICATION,
                subject_id=self.finding(pick),
            )

        self.attempt(who, change)

    @rule(who=WHO, pick=PICK, about=st.sampled_from(["steps", "words", "more time"]))
    def settle(self, who: int, pick: int, about: str) -> None:
        """Steps are done, what is open is explained, an extension is decided on."""
        space = self.office.workspace
        finding = space.findings.get(self.finding(pick))
        if about == "steps" and (plan := plan_of(self.office.reader, finding_id=finding.id)):
            for step in leading_steps(self.office.reader, plan):
                self.attempt(
                    who,
                    partial(complete_step, step_id=step.id, done_on=self.office.clock.today()),
                )
        if about == "words":
            for end in loose_ends(self.office.reader, finding=finding):
                self.attempt(
                    who,
                    partial(
                        explain,
                        case_id=self.case.id,
                        finding_id=finding.id,
                        about=end.about,
                        text="因故",
                    ),
                )
        if about == "more time":
            for asked in space.extensions.where(case_id=self.case.id, granted=None):
                self.attempt(
                    who, partial(decide_extension, extension_id=asked.id, granted=bool(pick % 2))
                )

    @rule(who=WHO, kind=st.sampled_from(RecheckKind))
    def look_again(self, who: int, kind: RecheckKind) -> None:
        self.attempt(who, lambda ctx: start_recheck(ctx, case_id=self.case.id, kind=kind))

    @rule(
        who=WHO,
        pick=PICK,
        passed=st.sampled_from([True, True, False, None]),
        partly=st.booleans(),
    )
    def judge(self, who: int, pick: int, passed: bool | None, partly: bool = False) -> None:
        later = self.office.clock.today() + timedelta(days=70)
        for recheck in self.office.workspace.rechecks.where(case_id=self.case.id):
            results = self.office.workspace.recheck_results.where(recheck_id=recheck.id)
            result = results[pick % len(results)]
            self.attempt(
                who,
                partial(
                    judge_recheck,
                    result_id=result.id,
                    passed=passed,
                    partly=partly and passed is False,
                    remains="还剩一半",
                    new_deadline_on=later,
                    note="看过",
                ),
            )
            self.attempt(who, partial(finish_recheck, recheck_id=recheck.id, representative="乙"))

    @rule(who=WHO, pick=PICK)
    def ask_for_closure(self, who: int, pick: int) -> None:
        finding = self.finding(pick)
        self.attempt(
            who,
            lambda ctx: request_closure(
                ctx, finding_id=finding, ground="已改", benefit="有", no_benefit="papers"
            ),
        )

    @rule(who=WHO, pick=PICK, approved=st.sampled_from([True, True, False]))
    def decide(self, who: int, pick: int, approved: bool) -> None:
        for request in self.office.workspace.closures.where(finding_id=self.finding(pick)):
            self.attempt(
                who,
                partial(decide_closure, closure_id=request.id, approved=approved, opinion="意见"),
            )

    @rule(who=WHO, pick=PICK, kind=st.sampled_from(SlipKind), reply=st.booleans())
    def send_a_slip(self, who: int, pick: int, kind: SlipKind, reply: bool) -> None:
        finding = self.office.workspace.findings.get(self.finding(pick))
        due = self.office.clock.today() + timedelta(days=9) if reply else None
        self.attempt(who, lambda ctx: sent(ctx, finding, kind, reply_by=due))

    @rule(
        who=WHO,
        pick=PICK,
        said=st.sampled_from(["receipt", "reply", "void"]),
        accepted=st.sampled_from([True, False, None]),
    )
    def say_something_of_a_slip(
        self, who: int, pick: int, said: str, accepted: bool | None
    ) -> None:
        slips = self.office.workspace.referrals.where(case_id=self.case.id)
        if not slips:
            return
        key = slips[pick % len(slips)].id
        actions: dict[str, Callable[[Context], object]] = {
            "receipt": lambda ctx: log_receipt(
                ctx, referral_id=key, received_on=ctx.today(), received_by="丙"
            ),
            "reply": lambda ctx: log_reply(
                ctx, referral_id=key, replied_on=ctx.today(), reply="复", accepted=accepted
            ),
            "void": lambda ctx: void_slip(ctx, referral_id=key, reason="误"),
        }
        self.attempt(who, actions[said])

    @rule(who=WHO, pick=PICK)
    def object_to_a_finding(self, who: int, pick: int) -> None:
        finding = self.office.workspace.findings.get(self.finding(pick))
        self.attempt(who, lambda ctx: objected(ctx, finding))

    @rule(who=WHO, pick=PICK)
    def fix_at_once(self, who: int, pick: int) -> None:
        finding = self.office.workspace.findings.get(self.finding(pick))
        self.attempt(who, lambda ctx: show_problem(ctx, finding))
        self.attempt(
            who,
            lambda ctx: fix_on_the_spot(
                ctx, finding_id=finding.id, done="改了", benefit="无", no_benefit="papers"
            ),
        )

    @rule(who=WHO, lead=st.sampled_from(["", LAND, ECOLOGY]))
    def bind_both(self, who: int, lead: str) -> None:
        ids = [one.id for one in self.office.workspace.findings.where(case_id=self.case.id)]
        self.attempt(who, lambda ctx: bind_findings(ctx, finding_ids=ids, lead=lead))

    @rule(who=WHO)
    def end_the_case(self, who: int) -> None:
        self.attempt(who, lambda ctx: close_case(ctx, case_id=self.case.id))
        self.attempt(who, lambda ctx: archive(ctx, self.case.id))

    @precondition(lambda self: self.office.workspace.cases.get(self.case.id).stage not in ENDED)
    @rule(who=WHO)
    def open_a_second_case(self, who: int) -> None:
        enterprise_id = self.office.enterprise.id
        self.attempt(who, lambda ctx: open_case(ctx, enterprise_id=enterprise_id, parcel_id=None))
        assert self.office.workspace.cases.count(enterprise_id=enterprise_id) == 1

    @rule(
        asker=st.sampled_from([0, 4]),
        closer=st.sampled_from([0, 0, 1, 2, 4, 5]),
        loses_proof=st.sampled_from([False, False, True]),
    )
    def go_on_as_it_should_be(self, asker: int, closer: int, loses_proof: bool) -> None:
        """The right people do the right next thing, so that walks also get to the last step."""
        inspector, lead, other, _, consultant, _, _ = range(7)
        self.finish_the_visit(inspector)
        for pick in range(2):
            self.confirm_and_assign(lead, pick)
            self.plan(consultant, pick)
            self.go_on_with_a_plan(consultant, pick, "submit")
            self.go_on_with_a_plan(lead, pick, "accept")
            self.prove_or_take_off(consultant, pick, False)
            self.move(consultant, pick, FindingMove.RESUME, "", 0)
            self.move(consultant, pick, FindingMove.SUBMIT, "", 0)
            self.settle(consultant, pick, "steps")
        self.look_again(inspector, RecheckKind.RECHECK)
        for pick in range(2):
            self.judge(other, pick, True)
        for pick in range(2):
            self.settle(consultant, pick, "words")
            self.ask_for_closure(asker, pick)
            if loses_proof:
                self.prove_or_take_off(consultant, pick, True)
            self.decide(closer, pick, True)

    @rule(passed=st.booleans())
    def look_back_as_it_should_be(self, passed: bool) -> None:
        """Some months later somebody of the department looks whether it stayed away."""
        self.office.clock.pass_days(150)
        self.look_again(0, RecheckKind.LOOK_BACK)
        for pick in range(2):
            self.judge(0, pick, passed)

    def finding(self, pick: int) -> str:
        found = self.office.workspace.findings.where(case_id=self.case.id)
        return found[pick % len(found)].id

    @invariant()
    def closed_means_proved_and_approved_by_the_right_second_person(self) -> None:
        space = self.office.workspace
        for finding in space.findings.where(case_id=self.case.id):
            events = space.finding_events.where(finding_id=finding.id)
            states = [events[0].from_state, *(event.to_state for event in events)]
            assert [event.from_state for event in events] == states[:-1]
            assert finding.state is states[-1]
            if finding.state not in PROVED:
                continue
            assert space.evidence_links.count(
                subject_kind=SubjectKind.RECTIFICATION, subject_id=finding.id
            )
            request = [one for one in space.closures.where(finding_id=finding.id) if one.approved]
            closing = [event for event in events if event.move == "close"][-1]
            assert request[-1].decided_by == closing.actor_id
            assert request[-1].requested_by != closing.actor_id
            assert [one.key for one in request[-1].conditions if one.met] == list(ConditionKey)
            closer = space.people.get(closing.actor_id)
            assert closer.organisation_id == finding.assigned_by
            kind = space.organisations.get(closer.organisation_id).kind
            assert kind is not OrganisationKind.SERVICE_FIRM

    @invariant()
    def a_rebound_counts_against_its_closure_and_is_told_on_the_finding(self) -> None:
        space = self.office.workspace
        for finding in space.findings.where(case_id=self.case.id):
            events = space.finding_events.where(finding_id=finding.id)
            came_back = sum(event.move == FindingMove.REBOUND for event in events)
            closures = space.closures.where(finding_id=finding.id, approved=True)
            counted = sum(one.rebounded_on is not None for one in closures)
            assert finding.rebounds == came_back == counted
            for one in space.look_backs.where(finding_id=finding.id):
                assert one.done_on is not None or finding.state in PROVED

    @invariant()
    def deadlines_move_by_assigning_or_extending_alone(self) -> None:
        space = self.office.workspace
        for finding in space.findings.where(case_id=self.case.id):
            events = space.finding_events.where(finding_id=finding.id)
            set_by = sum(event.move in SETS_DEADLINE for event in events)
            before = self.deadlines.get(finding.id)
            if before is not None and before[1] == set_by and set_by:
                assert finding.deadline_on == before[0]
            self.deadlines[finding.id] = finding.deadline_on, set_by

    @invariant()
    def nothing_is_lost(self) -> None:
        space = self.office.workspace
        now = [
            store.count()
            for store in (
                space.findings,
                space.finding_events,
                space.closures,
                space.rechecks,
                space.recheck_results,
                space.look_backs,
                space.referrals,
                space.follow_ups,
                space.extensions,
            )
        ]
        assert all(more >= less for more, less in zip(now, self.counted or now, strict=True))
        self.counted = now

    @invariant()
    def transferred_means_a_slip_is_out_and_numbers_have_no_gaps(self) -> None:
        space = self.office.workspace
        slips = space.referrals.where(case_id=self.case.id)
        papers = {one.id: space.issued_documents.get(one.document_id) for one in slips}
        for kind in SlipKind:
            numbers = [papers[one.id].number for one in slips if one.kind is kind]
            assert numbers == list(range(1, len(numbers) + 1))
        for finding in space.findings.where(case_id=self.case.id):
            mine = [one for one in slips if one.finding_id == finding.id]
            out = [
                one
                for one in mine
                if one.kind is SlipKind.TRANSFER
                and papers[one.id].voided_on is None
                and one.accepted is not False
            ]
            if finding.state is FindingState.TRANSFERRED:
                assert out

    @invariant()
    def versions_form_rows_and_a_second_person_accepted_one_alternative_of_theirs(self) -> None:
        space = self.office.workspace
        plans = space.remedy_plans.where(case_id=self.case.id)
        copied = [one.copy_of for one in plans if one.copy_of]
        assert len(copied) == len(set(copied)), "a version is followed by one version"
        for plan in plans:
            if plan.copy_of:
                earlier = space.remedy_plans.get(plan.copy_of)
                assert plan.version == earlier.version + 1
                assert earlier.status not in (PlanStatus.DRAFT, PlanStatus.SUBMITTED)
            alternatives = {one.id for one in space.plan_alternatives.where(plan_id=plan.id)}
            assert alternatives
            assert plan.recommended_id is None or plan.recommended_id in alternatives
            taken = plan.status in (PlanStatus.ACCEPTED, PlanStatus.SUPERSEDED)
            assert taken is (plan.chosen_id in alternatives)
            if plan.decided_by is not None:
                assert plan.decided_by != plan.prepared_by

    @invariant()
    def an_open_objection_is_one_of_an_objected_finding_and_answers_come_from_another(self) -> None:
        space = self.office.workspace
        for finding in space.findings.where(case_id=self.case.id):
            for objection in space.objections.where(finding_id=finding.id):
                waits = objection.answered_on is None
                assert waits is (objection.upheld is None)
                assert not waits or finding.state is FindingState.OBJECTED
                assert objection.answered_by != objection.recorded_by

    @invariant()
    def an_archived_case_waits_for_no_reply(self) -> None:
        space = self.office.workspace
        if space.cases.get(self.case.id).stage is CaseStage.ARCHIVED:
            assert waiting_slips(self.office.reader) == []

    @invariant()
    def ended_means_nothing_is_open(self) -> None:
        case = self.office.workspace.cases.get(self.case.id)
        if case.stage in ENDED:
            allowed = SETTLED_FINDING_STATES | {FindingState.LOOK_BACK}
            for finding in self.office.workspace.findings.where(case_id=case.id):
                assert finding.state in allowed
            if case.stage is CaseStage.CLOSED and self.stage is not CaseStage.CLOSED:
                assert not [end for end in case_ends(self.office.reader, case=case) if end.open]
        self.stage = case.stage


OfficeWalk.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestOfficeWalk = OfficeWalk.TestCase


def test_walks_come_to_a_closed_case_and_back_from_it() -> None:
    """What the walk's own right way leads to: closed, the case too, looked back at, come back."""
    walk = OfficeWalk()
    walk.begin()
    space = walk.office.workspace
    walk.go_on_as_it_should_be(0, 1, False)
    states = [one.state for one in space.findings.where(case_id=walk.case.id)]
    assert states[0] is FindingState.CLOSED
    walk.go_on_as_it_should_be(0, 2, False)
    states = [one.state for one in space.findings.where(case_id=walk.case.id)]
    assert FindingState.CLOSED in states
    walk.look_back_as_it_should_be(False)
    assert max(one.rebounds for one in space.findings.where(case_id=walk.case.id)) == 1
    walk.a_rebound_counts_against_its_closure_and_is_told_on_the_finding()
    walk.teardown()
