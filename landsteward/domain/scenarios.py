"""What is kept of a what-if (测算): scenarios by name, and what a plan took over from one.

Values are exact: a lever's unit is the field's own (万元, m², 吨标煤, 人, 吨).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a lever is set to; `lever` is a key of `landsteward.domain.what_if.levers`."""

    lever: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A target year with all that is different then from the baseline."""

    year: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where somebody stands in a field: `of` are ranked. No score: cannot be scored."""

    score: Decimal | None = None
    rank: int | None = None
    of: int = 0
    grade: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if of an enterprise, worked out against a grading (`run_id`) of `base_year`.

    `parcel_id` is the parcel that is built on or given up. `before` and `after` are what came out
    when it was kept: they tell whether the grading says the same still.
    """

    id: str
    enterprise_id: str
    run_id: str
    name: str
    base_year: int
    stages: tuple[Stage, ...]
    before: Placing
    after: Placing
    pack_version: str
    made_by: str
    made_on: date
    parcel_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFigure:
    """A figure of a plan's expected effect in a year: an indicator, a lever or a land limit.

    `limit` is what applies to it, where something does.
    """

    key: str
    year: int
    baseline: Decimal | None
    target: Decimal | None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlacing:
    """Where the enterprise would stand in a target year."""

    year: int
    placing: Placing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEffect:
    """The expected effect of a plan's alternative, as it was taken over from a scenario.

    It is a copy: a scenario that is changed later does not change what was planned.
    """

    id: str
    alternative_id: str
    scenario_id: str
    scenario_name: str
    run_id: str
    base_year: int
    scheme_name: str
    pack_version: str
    levers: tuple[EffectFigure, ...]
    indicators: tuple[EffectFigure, ...]
    limits: tuple[EffectFigure, ...]
    before: Placing
    after: tuple[YearPlacing, ...]
    taken_by: str
    taken_on: date
