"""Random ways through campaigns: whatever people do in whatever order, nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.campaign_joint import draw_together, joint_proposals, take_apart
from landsteward.app.campaign_visits import (
    add_enterprises,
    assign_inspectors,
    open_visit,
    remove_visits,
    set_days,
)
from landsteward.app.campaigns import edit_campaign, end_campaign, plan_campaign, reopen_campaign
from landsteward.app.checkups import answer_item, start_checkup
from landsteward.domain.campaigns import Campaign, Visit
from landsteward.domain.errors import KnownError
from landsteward.domain.states import CampaignState, ItemOutcome, VisitStage
from tests.helpers.campaigns import enterprises
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX

Walk = list[tuple[str, int]]

STEPS = (
    "add",
    "days",
    "people",
    "open",
    "start",
    "answer",
    "draw",
    "part",
    "remove",
    "departments",
    "end",
    "reopen",
)


class Walker:
    """Two campaigns over three enterprises; every step is one use case, refused or not."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ctx = office.land_inspector
        self.ids = [office.enterprise.id, *enterprises(office, 2)]
        self.campaigns = [
            plan_campaign(self.ctx, name="一", inspectors=[self.ctx.actor.id]).id,
            plan_campaign(self.ctx, name="二", departments=[ECOLOGY, TAX], together=False).id,
        ]
        self.answered: dict[str, str] = {}
        self.own: dict[str, tuple[str, ...]] = {}

    def step(self, name: str, number: int) -> None:
        """Do one thing to whatever the number leads to; what is refused changes nothing."""
        does: dict[str, Callable[[int], object]] = {
            "add": self._add,
            "days": lambda _n: set_days(
                self.ctx,
                visit_ids=self._some(number),
                first=self.ctx.today() + timedelta(days=number),
                a_day=1,
            ),
            "people": lambda _n: assign_inspectors(
                self.ctx,
                visit_ids=self._some(number),
                inspector_ids=[self.office.ecology_lead.actor.id],
            ),
            "open": lambda _n: [open_visit(self.ctx, visit_id=one) for one in self._some(number)],
            "start": self._start,
            "answer": self._answer,
            "draw": lambda _n: draw_together(
                self.ctx,
                proposals=joint_proposals(self.ctx, campaign_id=self._campaign(number)),
            ),
            "part": lambda _n: take_apart(self.ctx, visit_ids=self._some(number)),
            "remove": lambda _n: remove_visits(self.ctx, visit_ids=self._some(number)),
            "departments": self._departments,
            "end": lambda _n: end_campaign(self.ctx, campaign_id=self._campaign(number)),
            "reopen": lambda _n: reopen_campaign(self.ctx, campaign_id=self._campaign(number)),
        }
        before = self._everything()
        try:
            does[name](number)
        except KnownError:
            if name != "open":
                assert self._everything() == before

    def _everything(self) -> list[Visit]:
        return self.office.workspace.visits.where()

    def _campaign(self, number: int) -> str:
        return self.campaigns[number % 2]

    def _some(self, number: int) -> list[str]:
        found = [one.id for one in self._everything()]
        return found[number % len(found) :][:1] if found else []

    def _add(self, number: int) -> None:
        add_enterprises(
            self.ctx,
            campaign_id=self._campaign(number),
            enterprise_ids=self.ids[number % 3 :],
        )

    def _start(self, number: int) -> None:
        for visit_id in self._some(number):
            checkup_id = self.office.workspace.visits.get(visit_id).checkup_id
            if checkup_id is not None:
                start_checkup(self.ctx, checkup_id=checkup_id)

    def _answer(self, number: int) -> None:
        results = self.office.workspace.item_results.where(outcome=None)
        if results:
            one = results[number % len(results)]
            answer_item(self.ctx, result_id=one.id, outcome=ItemOutcome.OK)
            self.answered[one.id] = one.item_key

    def _departments(self, number: int) -> None:
        chosen = ([LAND, ECOLOGY], [ECOLOGY, TAX], [TAX])[number % 3]
        edit_campaign(self.ctx, campaign_id=self._campaign(number), departments=chosen)

    def look_over(self) -> None:
        """What always holds."""
        space = self.office.workspace
        visits = {one.id: one for one in self._everything()}
        campaigns: dict[str, Campaign] = {one.id: one for one in space.campaigns.where()}
        opened: dict[str, str] = {}
        for one in visits.values():
            if one.joined_into is not None:
                host = visits[one.joined_into]
                assert host.joined_into is None
                assert host.enterprise_id == one.enterprise_id
                assert one.checkup_id is None
            if one.checkup_id is not None:
                assert opened.setdefault(one.checkup_id, one.id) == one.id
                checkup = space.checkups.get(one.checkup_id)
                assert checkup.campaign_id == one.campaign_id
                members = [m for m in visits.values() if m.joined_into == one.id]
                if checkup.started_on is None:
                    wanted = {key for member in members for key in member.departments}
                    assert wanted <= set(checkup.departments)
        for result_id in self.answered:
            assert space.item_results.get(result_id).outcome is ItemOutcome.OK
        for campaign in campaigns.values():
            lines = space.visit_reports.of_campaign(campaign.id)
            assert {line.id for line in lines} == {
                one.id for one in visits.values() if one.campaign_id == campaign.id
            }
            waiting = [line for line in lines if line.stage is VisitStage.PLANNED]
            assert all(line.case_id is None for line in waiting)
            if campaign.state is CampaignState.ENDED:
                proposals = joint_proposals(self.ctx, campaign_id=campaign.id)
                hosts = {one.joint.host.campaign_id for one in proposals}
                assert campaign.id not in hosts


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=12, max_size=30))
def test_whatever_is_done_nothing_is_lost(walk: Walk) -> None:
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder))
        try:
            walker = Walker(office)
            for name, number in [("add", 0), ("add", 3), ("draw", 0), *walk]:
                walker.step(name, number)
                walker.look_over()
            assert office.workspace.check().ok
        finally:
            office.workspace.close()
