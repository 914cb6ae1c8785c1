"""What comes out of changes: values, limits, score, rank and grade, before and after."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.ranking import Standing
from landsteward.domain.grading.scheme import ScaleBy
from landsteward.domain.grading.scoring import Standards
from landsteward.domain.indicators import FORMULAS, quotient
from landsteward.domain.limits import Limits
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.scenarios import Placing
from landsteward.domain.states import Scale
from landsteward.domain.text import Message, msg
from landsteward.domain.what_if.field import Field
from landsteward.domain.what_if.kept import Bounded, bounded
from landsteward.domain.what_if.position import Changes, Position, changed


class Outlook(NamedTuple):
    """An enterprise after changes. `values` are its per-mu indicators, those of all formulas that
    can be computed, exact; `graded` is False where it is out of the grading's scope.
    """

    changes: Changes
    position: Position
    standing: Standing
    standards: Standards
    values: Mapping[str, Decimal]
    bounded: tuple[Bounded, ...]
    graded: bool
    remarks: tuple[Message, ...]

    @property
    def placing(self) -> Placing:
        """Its place in short."""
        if not self.graded:
            return Placing()
        one = self.standing
        return Placing(
            score=one.score.total if one.score is not None else None,
            rank=one.rank,
            of=one.of,
            grade=one.grade,
        )


def look(field: Field, position: Position, changes: Changes, limits: Limits) -> Outlook:
    """What comes of the changes. Raises ChangeRefusedError."""
    meant = {key: value for key, value in changes.items() if value != position.value(key)}
    after = changed(position, meant, field.scheme.scope)
    placed = field.place(field.unit(after.subject))
    graded = in_scope(field, after)
    return Outlook(
        changes=meant,
        position=after,
        standing=placed.standing,
        standards=placed.standards,
        values=indicator_values(after),
        bounded=bounded(position, after, limits),
        graded=graded,
        remarks=tuple(_remarks(field, position, after, graded=graded)),
    )


def in_scope(field: Field, position: Position) -> bool:
    """Whether it is still graded: below the threshold so much land is needed.

    Those who are scored as one are held against all their land, so nobody leaves them by it.
    """
    subject = position.subject
    if subject.scale is Scale.ABOVE or subject.together or subject.land_m2 is None:
        return True
    return m2_to_mu(subject.land_m2) >= field.scheme.scope.below_least_mu


def indicator_values(position: Position) -> dict[str, Decimal]:
    """Every per-mu indicator that can be computed, exact."""
    subject = position.subject
    land = None if subject.land_m2 is None else m2_to_mu(subject.land_m2)
    found: dict[str, Decimal] = {}
    for formula in FORMULAS:
        one = quotient(formula, subject, land)
        if one.known:
            assert one.part is not None, "an indicator that has no value"
            assert one.whole is not None, "an indicator that has no value"
            found[formula.key] = one.part * (100 if formula.percent else 1) / one.whole
    return found


def _remarks(field: Field, before: Position, after: Position, *, graded: bool) -> Iterator[Message]:
    scope, was, now = field.scheme.scope, before.subject, after.subject
    if not graded:
        yield msg(
            "With less than {mu} mu and below the threshold it would no longer be graded.",
            mu=scope.below_least_mu,
        )
    if was.scale is not now.scale and now.scale is not None:
        yield (
            msg("By its revenue it would be ranked among those above the threshold.")
            if now.scale is Scale.ABOVE
            else msg("By its revenue it would be ranked among those below the threshold.")
        )
    elif scope.scale_by is ScaleBy.REGISTER and _crossed(
        was.revenue_wan, now.revenue_wan, scope.threshold_wan
    ):
        yield msg(
            "Its revenue would cross the threshold of {threshold} (10 000 yuan); here it stays in "
            "its group, as the register has it.",
            threshold=shown(scope.threshold_wan, 0),
        )
    if len(field.own.members) > 1:
        yield msg(
            "It is scored as one with {count} others, whose figures stay as they are.",
            count=len(field.own.members) - 1,
        )
    at, area = after.parcel, after.parcel_m2
    if at is not None and area is not None and at.parcel.footprint_m2 is not None:
        covered = at.parcel.footprint_m2
        if covered > area and after.parcel_m2 != before.parcel_m2:
            yield msg(
                "Buildings and yards cover {covered} m², more than the {area} m² that remain: say "
                "what of them goes.",
                covered=shown(covered, 0),
                area=shown(area, 0),
            )


def _crossed(was: Decimal | None, now: Decimal | None, threshold: Decimal) -> bool:
    return was is not None and now is not None and (was >= threshold) != (now >= threshold)


def counts(field: Field, standing: Standing) -> tuple[str, ...]:
    """The indicators that count in the group somebody is ranked in."""
    scale = standing.unit.scale
    return (
        () if scale is None else tuple(one.metric for one in field.scheme.group(scale).indicators)
    )
