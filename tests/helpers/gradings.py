"""Small schemes and subjects, to be worked out by hand beside a test."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from landsteward.domain.grading.ranking import Standing, work_out
from landsteward.domain.grading.scheme import (
    BaselineFrom,
    Group,
    Method,
    Places,
    Scheme,
    Scope,
    Share,
    Veto,
    Weighted,
)
from landsteward.domain.gradings import GradingMark, GradingSubject, MarkKind
from landsteward.domain.states import Scale

MU = Decimal(10000) / 15
"""m² of a mu; 15 mu are 10 000 m² exactly."""


def shares(*percents: int) -> tuple[Share, ...]:
    """Grades A, B, C … for so many percent each."""
    return tuple(
        Share(grade=grade, name=grade, name_en=grade, percent=Decimal(percent))
        for grade, percent in zip("ABCDEFG", percents, strict=False)
    )


def weighted(metric: str, weight: int, **more: Any) -> Weighted:
    """An indicator with its weight; decimals may be given as text."""
    exact: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) and name != "baseline_from" else value
        for name, value in more.items()
    }
    return replace(Weighted(metric=metric, weight=Decimal(weight)), **exact)


RATIO = Scheme(
    key="ratio",
    name="比值法",
    name_en="Ratio",
    method=Method.BASELINE,
    scope=Scope(threshold_wan=Decimal(2000), below_least_mu=Decimal(5), excluded_industries=("D",)),
    groups=(
        Group(
            scale=Scale.ABOVE,
            indicators=(
                weighted(
                    "tax_per_mu", 60, baseline_from=BaselineFrom.GIVEN, baseline="12", cap="1.5"
                ),
                weighted("revenue_per_mu", 40, baseline_from=BaselineFrom.GIVEN, baseline="200"),
            ),
        ),
        Group(
            scale=Scale.BELOW,
            indicators=(weighted("tax_per_mu", 50), weighted("revenue_per_mu", 50)),
        ),
    ),
    shares=shares(20, 45, 30, 5),
    vetoes=(
        Veto(key="safety", name="安全", name_en="Safety", at_most="D", on=True),
        Veto(key="credit", name="失信", name_en="Credit", at_most="C", on=True),
        Veto(key="off", name="未启用", name_en="Off", at_most="D"),
    ),
)
RANGE = replace(RATIO, key="range", method=Method.RANGE, places=Places())


def subject(key: str, *, scale: Scale | None = Scale.ABOVE, **more: Any) -> GradingSubject:
    """An enterprise of 15 mu (10 000 m²); figures may be given as text."""
    figures: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) and name not in _TEXTS else value
        for name, value in more.items()
    }
    return replace(
        GradingSubject(
            id=f"s-{key}",
            run_id="run",
            enterprise_id=key,
            name=key,
            scale=scale,
            land_m2=Decimal(10000),
        ),
        **figures,
    )


_TEXTS = frozenset({"together", "previous_grade", "recorded_grade", "industry_code"})


def of_scores(*taxes: int | str) -> list[GradingSubject]:
    """Enterprises told apart by their tax alone, keys a, b, c … in the order given."""
    return [
        subject(f"{number:03}", tax_wan=str(tax), revenue_wan="0")
        for number, tax in enumerate(taxes)
    ]


def bonus(key: str, points: str) -> GradingMark:
    """Points given by hand."""
    return GradingMark(
        id=f"b-{key}-{points}",
        run_id="run",
        enterprise_id=key,
        kind=MarkKind.BONUS,
        reason="-",
        made_by="-",
        points=Decimal(points),
    )


def veto(key: str, which: str) -> GradingMark:
    """A veto."""
    return GradingMark(
        id=f"v-{key}-{which}",
        run_id="run",
        enterprise_id=key,
        kind=MarkKind.VETO,
        reason="-",
        made_by="-",
        veto=which,
    )


def standings(
    scheme: Scheme, subjects: list[GradingSubject], *marks: GradingMark
) -> dict[str, Standing]:
    """What came out, by the key of each enterprise."""
    found = work_out(scheme, subjects, marks)
    return {
        one.enterprise_id: standing for standing in found.standings for one in standing.unit.members
    }
