"""What is asked over many visits at once, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from landsteward.domain.campaigns import Visit
from landsteward.domain.states import VisitStage
from landsteward.domain.visit_cap import CountedVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit of a campaign as it stands. `departments` are its own.

    `made_id` is the visit that is made for it: itself, or the one it was drawn together with, whose
    stage, day and case these are.
    """

    id: str
    enterprise_id: str
    carrier_id: str | None
    carrier: str
    departments: tuple[str, ...]
    made_id: str
    made_in: str
    day: date | None
    stage: VisitStage
    case_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """How many problems of a department the case of a visit has; dismissed ones left out."""

    case_id: str
    department: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit on somebody's plan: where to go, with whom, and what came of it so far.

    One that was scheduled for no campaign has the key of its checkup, and no campaign.
    `inspectors` are names, `departments` keys of the rule pack.
    """

    id: str
    campaign: str
    enterprise_id: str
    enterprise: str
    uscc: str
    carrier: str
    address: str
    contact: str
    phone: str
    departments: tuple[str, ...]
    inspectors: tuple[str, ...]
    day: date
    stage: VisitStage
    case_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlanSheet:
    """Visits of some days as they are printed. `inspector` is empty where it is everybody's;
    `departments` are short names by key, `wording` is the rule pack's.
    """

    inspector: str
    first: date
    last: date
    on: date
    visits: Sequence[PlannedVisit]
    departments: Mapping[str, str]
    wording: Mapping[str, str]


class VisitReports(Protocol):
    """Questions about campaigns and their visits."""

    def of_campaign(self, campaign_id: str) -> list[VisitLine]:
        """Every visit of a campaign, also those made elsewhere; oldest first."""
        ...

    def problems(self, campaign_id: str) -> list[ProblemCount]:
        """What the cases of a campaign's visits found, by department."""
        ...

    def counted(self, enterprise_ids: Sequence[str], years: Sequence[int]) -> list[CountedVisit]:
        """The visits to these enterprises that count towards the cap in these years."""
        ...

    def joinable(self, campaign_id: str) -> list[Visit]:
        """Visits not begun, each the one that is made, of campaigns that are not over, to
        enterprises that have several of them, one of this campaign; by enterprise.
        """
        ...

    def between(
        self, first: date, last: date, *, campaign_id: str | None, person_id: str | None
    ) -> list[PlannedVisit]:
        """Visits with a day in this time, of one campaign and of one inspector where these are
        named; by day, carrier and name. Without a campaign also checkups scheduled for none.
        """
        ...
