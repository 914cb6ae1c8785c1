"""What a campaign is: name, year, days, departments, inspectors; each saved as it is left."""

from collections.abc import Sequence
from typing import Any

from landsteward.app.campaigns import edit_campaign
from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.people import Member
from landsteward.domain.campaigns import Campaign
from landsteward.domain.permissions import Action, may
from landsteward.domain.rulepack import Department
from landsteward.domain.states import CampaignState, OrganisationKind
from ui.pages.campaigns.asks import offered
from ui.widgets.basics import Card, label
from ui.widgets.boxes import CheckBoxes
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField, WholeField
from ui.widgets.forms import RecordForm
from ui.workbench import Workbench

_YEARS = (2000, 2100)


class CampaignFacts(Card):
    """The form of a campaign."""

    def __init__(self, bench: Workbench, campaign_id: str) -> None:
        super().__init__(tr("The campaign"), gap=12)
        self._bench = bench
        self._campaign_id = campaign_id
        self._shown: Campaign | None = None
        self._may = may(bench.member().person.role, Action.PLAN_VISITS)
        self.together = ChoiceField(
            tr("Visits"),
            [
                (True, tr("All departments together")),
                (False, tr("Each department by itself")),
            ],
        )
        low, high = _YEARS
        self.form = RecordForm(
            bench.operations,
            {
                "name": TextField(tr("Name"), required=True),
                "year": WholeField(tr("Year"), minimum=low, maximum=high),
                "from_on": DateField(tr("From")),
                "to_on": DateField(tr("To")),
                "together": self.together,
                "note": NoteField(tr("Note"), rows=2),
            },
            self._change,
            columns=2,
        )
        self.departments = CheckBoxes()
        self.departments.changed.connect(self._departments_ticked)
        self.inspectors = CheckBoxes()
        self.inspectors.changed.connect(self._inspectors_ticked)
        self.error = Refusal()
        self.error.setMinimumHeight(0)
        self.add(self.form)
        self.add(label(tr("Departments"), "label"))
        self.add(self.departments)
        self.add(label(tr("Inspectors (for enterprises chosen from now on)"), "label"))
        self.add(self.inspectors)
        self.add(self.error)

    def show_campaign(
        self,
        campaign: Campaign,
        departments: Sequence[Department],
        members: Sequence[Member],
        *,
        chosen: bool,
    ) -> None:
        """Show it; `chosen` says that it has enterprises already."""
        before, self._shown = self._shown, campaign
        self.form.show_record(campaign)
        fixed = not self._may or campaign.state is CampaignState.ENDED
        self.form.set_read_only(fixed)
        self.together.set_read_only(fixed or chosen)
        if before is None or before.departments != campaign.departments:
            self.departments.offer(
                [
                    (one.key, localised(one.short_name or one.name, one.name_en))
                    for one in departments
                ],
                list(campaign.departments),
            )
        if before is None or before.inspectors != campaign.inspectors:
            able = [
                one
                for one in members
                if one.organisation.kind is OrganisationKind.DEPARTMENT
                and (one.person.active or one.person.id in campaign.inspectors)
            ]
            self.inspectors.offer(offered(able), list(campaign.inspectors))
        self.departments.setEnabled(not fixed)
        self.inspectors.setEnabled(not fixed)

    def _change(self, ctx: Context, campaign_id: str, values: dict[str, Any]) -> object:
        return edit_campaign(ctx, campaign_id=campaign_id, **values)

    def _departments_ticked(self) -> None:
        self._tick({"departments": self.departments.chosen})

    def _inspectors_ticked(self) -> None:
        self._tick({"inspectors": tuple(self.inspectors.chosen)})

    def _tick(self, values: dict[str, Any]) -> None:
        campaign_id = self._campaign_id
        self.error.settle()
        self._bench.operations.change(
            self,
            lambda ctx: edit_campaign(ctx, campaign_id=campaign_id, **values),
            failure=self._refused,
        )

    def _refused(self, error: Any) -> None:
        from ui.widgets.signs import words_of

        self.error.say(words_of(error))
        campaign = self._shown
        if campaign is not None:
            for boxes, kept in (
                (self.departments, campaign.departments),
                (self.inspectors, campaign.inspectors),
            ):
                for key, one in boxes.boxes.items():
                    one.setChecked(key in kept)
