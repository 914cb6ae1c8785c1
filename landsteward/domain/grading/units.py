"""What is scored as one: an enterprise, or several lessees of one parcel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.exact import HUNDRED, QUOTIENTS, SUMS, to_places
from landsteward.domain.grading.reasons import FIGURES, SCALE, lacking_of
from landsteward.domain.grading.scheme import Scheme
from landsteward.domain.gradings import GradingSubject
from landsteward.domain.indicators import FORMULA_OF, Quotient, quotient
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.states import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """Figures of several together; None where one of them has none."""

    tax_wan: Decimal | None
    revenue_wan: Decimal | None
    value_added_wan: Decimal | None
    energy_tce: Decimal | None
    rnd_wan: Decimal | None
    staff_average: Decimal | None
    upgrade_investment_wan: Decimal | None
    emissions_t: Decimal | None


class Unit(NamedTuple):
    """Those scored as one, their group, what its indicators are made of by key, their values as
    they count (rounded where the scheme says so), and what is lacking.
    """

    members: Sequence[GradingSubject]
    scale: Scale | None
    quotients: Mapping[str, Quotient]
    values: Mapping[str, Decimal]
    lacking: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from others, the same whatever order its members came in."""
        return min(one.enterprise_id for one in self.members)


def units_of(scheme: Scheme, subjects: Iterable[GradingSubject]) -> list[Unit]:
    """The subjects of a run as units; several lessees of one parcel are 规上 if one of them is."""
    alone: list[Sequence[GradingSubject]] = []
    together: dict[str, list[GradingSubject]] = {}
    for one in subjects:
        if one.together:
            together.setdefault(one.together, []).append(one)
        else:
            alone.append((one,))
    for members in together.values():
        members.sort(key=lambda one: one.enterprise_id)
    wanted = {
        group.scale: tuple(FORMULA_OF[one.metric] for one in group.indicators)
        for group in scheme.groups
    }
    found: list[Unit] = []
    for some in (*alone, *together.values()):
        scale = _scale(some)
        if scale is None:
            found.append(Unit(some, None, {}, {}, (SCALE,)))
            continue
        land_m2 = _sum(some, "land_m2")
        land = None if land_m2 is None else m2_to_mu(land_m2)
        figures = some[0] if len(some) == 1 else _summed(some)
        quotients = {one.key: quotient(one, figures, land) for one in wanted[scale]}
        values = {key: counting(scheme, one) for key, one in quotients.items() if one.known}
        lacking: tuple[str, ...] = ()
        if len(values) < len(quotients):
            lacking = lacking_of(quotients.values())
        if not any(one.reported for one in some):
            lacking = (FIGURES, *(key for key in lacking if key == "land"))
        found.append(Unit(some, scale, quotients, values, lacking))
    return found


def counting(scheme: Scheme, found: Quotient) -> Decimal:
    """An indicator's value as it counts, from the figures it is made of."""
    formula, part, whole = found
    assert part is not None, "an indicator that has no value"
    assert whole is not None, "an indicator that has no value"
    if formula.percent:
        part = SUMS.multiply(part, HUNDRED)
    return to_places(QUOTIENTS.divide(part, whole), scheme.places.value)


def _scale(members: Sequence[GradingSubject]) -> Scale | None:
    scales = {one.scale for one in members}
    if Scale.ABOVE in scales:
        return Scale.ABOVE
    return Scale.BELOW if Scale.BELOW in scales else None


def _summed(members: Sequence[GradingSubject]) -> _Sum:
    return _Sum(**{name: _sum(members, name) for name in _Sum.__dataclass_fields__})


def _sum(members: Sequence[GradingSubject], name: str) -> Decimal | None:
    if len(members) == 1:
        only: Decimal | None = getattr(members[0], name)
        return only
    total = Decimal(0)
    for one in members:
        value = getattr(one, name)
        if value is None:
            return None
        total += value
    return total
