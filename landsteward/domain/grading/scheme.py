"""How a county scores and grades: indicators with weights, method, shares, vetoes, scope.

Read from a pack's `grading.toml`; a run keeps the scheme it was made with (`domain.md` §2).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.states import Scale


class Method(StrEnum):
    """(a) value / baseline × weight, capped; (b) weight × [base + span × (x − min)/(max − min)]."""

    BASELINE = "baseline"
    RANGE = "range"


class BaselineFrom(StrEnum):
    """Given in the pack; the group's total over its total; the mean of the group's values."""

    GIVEN = "given"
    TOTAL = "total"
    MEAN = "mean"


class Missing(StrEnum):
    """Whose indicator is missing: is not ranked, or is given the lowest value of the group."""

    UNRANKED = "unranked"
    LOWEST = "lowest"


class Together(StrEnum):
    """Lessees of one parcel: each by itself, or all as one."""

    APART = "apart"
    LESSEES = "lessees"


class ScaleBy(StrEnum):
    """What says whether an enterprise is 规上: the register, or the year's revenue.

    Where that one says nothing, the other does.
    """

    REGISTER = "register"
    REVENUE = "revenue"


class ShareRounding(StrEnum):
    """How a share that is no whole number of enterprises is rounded."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """An indicator with its weight. `cap` and `floor` bound the ratio to the baseline.

    `baseline` is for `BaselineFrom.GIVEN`; where it is left out, the indicator's own in
    `metrics.toml` counts.
    """

    metric: str
    weight: Decimal
    baseline_from: BaselineFrom = BaselineFrom.TOTAL
    baseline: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Enterprises ranked among themselves, and by what; the weights add up to 100."""

    scale: Scale
    indicators: tuple[Weighted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A grade, what it is called, and how many percent of a group it is for; the best first."""

    grade: str
    name: str
    name_en: str
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """A fact by which the grade is at most `at_most`. Off until a county turns it on."""

    key: str
    name: str
    name_en: str
    at_most: str
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who is graded. Revenue in 万元, land in 亩; industries by the beginning of their code."""

    threshold_wan: Decimal
    below_least_mu: Decimal
    excluded_industries: tuple[str, ...] = ()
    scale_by: ScaleBy = ScaleBy.REGISTER
    together: Together = Together.APART


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Of the range method: `base` + `span` × position, and what all get where all are equal."""

    base: Decimal = Decimal(20)
    span: Decimal = Decimal(80)
    all_equal: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """To how many places 四舍五入: an indicator's value, its points, the score. None: exact."""

    value: int | None = None
    points: int | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A whole way of grading. `bonus_least` and `bonus_most` bound what is added by hand."""

    key: str
    name: str
    name_en: str
    method: Method
    scope: Scope
    groups: tuple[Group, ...]
    shares: tuple[Share, ...]
    source: str = ""
    source_en: str = ""
    missing: Missing = Missing.UNRANKED
    share_rounding: ShareRounding = ShareRounding.HALF_UP
    places: Places = Places()
    spread: Spread = Spread()
    bonus_least: Decimal | None = None
    bonus_most: Decimal | None = None
    notice_days: int = 5
    vetoes: tuple[Veto, ...] = ()

    def group(self, scale: Scale) -> Group:
        """The group of that scale; the loader has checked that both are there."""
        first, second = self.groups
        return first if first.scale is scale else second

    def veto(self, key: str) -> Veto | None:
        """The veto of that key, where the scheme has it."""
        return next((one for one in self.vetoes if one.key == key), None)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades, the best first."""
        return tuple(one.grade for one in self.shares)

    def worse(self, one: str, other: str) -> str:
        """The worse of two grades."""
        return max(one, other, key=self.grades.index)
