"""Two versions of a plan side by side: what was added, taken out and changed, field by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landsteward.app.context import Context
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet, plan_sheet
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.plans import ORDINALS, Copied, RemedyPlan, original, row_of_versions
from landsteward.domain.states import PlanPart
from landsteward.domain.text import msg
from landsteward.domain.text_changes import TextPiece, text_changes

STEP_FIELDS = ("title", "responsible", "starts_on", "due_on", "result", "cost_wan", "payer")
RISK_FIELDS = ("risk", "likelihood", "answer")


class ChangeKind(StrEnum):
    """新增 / 删去 / 修改."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """One difference. `ordinal` names the alternative (甲, 乙 …), `about` the step, risk, way or
    metric, with its `number` in the later version (in the earlier one where it was taken out).

    Old and new are plain texts: ISO days, figures in full, keys of choices as they are kept.
    `place` is how the position moved, where it is a step's place that changed.
    """

    kind: ChangeKind
    part: PlanPart
    field: str = ""
    ordinal: str = ""
    about: str = ""
    number: int | None = None
    year: int | None = None
    old: str = ""
    new: str = ""

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """The change word by word."""
        return text_changes(self.old, self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanComparison:
    """An earlier and a later version, and what changed."""

    earlier: RemedyPlan
    later: RemedyPlan
    changes: tuple[PlanChange, ...]


def compare_versions(ctx: Context, *, earlier_id: str, later_id: str) -> PlanComparison:
    """What changed from one version of a plan to a later one."""
    space = ctx.workspace
    plan = space.remedy_plans.get(later_id)
    row = row_of_versions(space.remedy_plans.where(case_id=plan.case_id), later_id)
    earlier = next((one for one in row if one.id == earlier_id), None)
    if earlier is None:
        raise RefusedMoveError(msg("These are versions of different plans."))
    if earlier.version > plan.version:
        raise RefusedMoveError(msg("The earlier version comes first."))
    sheets = [plan_sheet(ctx, plan_id=one.id) for one in row if one.version <= plan.version]
    known = {one.id: one for sheet in sheets for one in _records(sheet)}
    before = next(one for one in sheets if one.plan.id == earlier_id)
    after = next(one for one in sheets if one.plan.id == later_id)
    return PlanComparison(
        earlier=earlier, later=plan, changes=tuple(_changes(before, after, known))
    )


def _records(sheet: PlanSheet) -> Iterator[Copied]:
    for one in sheet.alternatives:
        yield one.alternative
        yield from one.steps
        yield from one.risks


def _changes(
    before: PlanSheet, after: PlanSheet, known: Mapping[str, Copied]
) -> Iterator[PlanChange]:
    yield from _field(
        PlanPart.CAUSE, "cause_analysis", before.plan.cause_analysis, after.plan.cause_analysis
    )
    firms = [sheet.firm.name if sheet.firm else "" for sheet in (before, after)]
    yield from _field(PlanPart.WHOLE, "firm_id", *firms)
    named = [_ordinals(sheet, known) for sheet in (before, after)]
    recommended = [
        next((mark for mark, one in _marked(sheet) if one.id == sheet.plan.recommended_id), "")
        for sheet in (before, after)
    ]
    yield from _field(PlanPart.WHOLE, "recommended_id", *recommended)
    for root, (mark, now) in named[1].items():
        was = named[0].get(root)
        if was is None:
            yield PlanChange(
                kind=ChangeKind.ADDED,
                part=PlanPart.WHOLE,
                field="alternative",
                ordinal=mark,
                new=now.alternative.name or mark,
            )
        yield from _of_alternative(was[1] if was else None, now, mark, known)
    for root, (mark, was_there) in named[0].items():
        if root not in named[1]:
            yield PlanChange(
                kind=ChangeKind.REMOVED,
                part=PlanPart.WHOLE,
                field="alternative",
                ordinal=mark,
                old=was_there.alternative.name or mark,
            )


def _marked(sheet: PlanSheet) -> Iterator[tuple[str, Copied]]:
    for mark, one in zip(ORDINALS, sheet.alternatives, strict=False):
        yield mark, one.alternative


def _ordinals(
    sheet: PlanSheet, known: Mapping[str, Copied]
) -> dict[str, tuple[str, AlternativeSheet]]:
    return {
        original(one.alternative, known): (mark, one)
        for mark, one in zip(ORDINALS, sheet.alternatives, strict=False)
    }


def _of_alternative(
    was: AlternativeSheet | None,
    now: AlternativeSheet,
    mark: str,
    known: Mapping[str, Copied],
) -> Iterator[PlanChange]:
    for part, name in (
        (PlanPart.WHOLE, "name"),
        (PlanPart.MEASURES, "measures"),
        (PlanPart.TARGETS, "no_target_reason"),
    ):
        old = getattr(was.alternative, name) if was else ""
        yield from _field(part, name, old, getattr(now.alternative, name), ordinal=mark)
    yield from _ways(was, now, mark)
    yield from _rows(PlanPart.STEPS, STEP_FIELDS, was.steps if was else (), now.steps, mark, known)
    yield from _rows(PlanPart.RISKS, RISK_FIELDS, was.risks if was else (), now.risks, mark, known)
    yield from _targets(was, now, mark)


def _ways(was: AlternativeSheet | None, now: AlternativeSheet, mark: str) -> Iterator[PlanChange]:
    old = {(one.finding_id, one.way): one for one in (was.ways if was else ())}
    new = {(one.finding_id, one.way): one for one in now.ways}
    for key, way in new.items():
        if key not in old:
            yield PlanChange(
                kind=ChangeKind.ADDED, part=PlanPart.WAYS, ordinal=mark, about=way.way, new=way.why
            )
        else:
            yield from _field(
                PlanPart.WAYS, "why", old[key].why, way.why, ordinal=mark, about=way.way
            )
    for key, way in old.items():
        if key not in new:
            yield PlanChange(
                kind=ChangeKind.REMOVED,
                part=PlanPart.WAYS,
                ordinal=mark,
                about=way.way,
                old=way.why,
            )


def _rows(
    part: PlanPart,
    fields: Sequence[str],
    before: Iterable[Copied],
    after: Iterable[Copied],
    mark: str,
    known: Mapping[str, Copied],
) -> Iterator[PlanChange]:
    """Steps or risks, each known again by what it was copied from."""
    old = {original(one, known): (number, one) for number, one in enumerate(before, start=1)}
    new = {original(one, known): (number, one) for number, one in enumerate(after, start=1)}
    for root, (number, one) in new.items():
        about = str(getattr(one, fields[0]))
        if root not in old:
            said = " · ".join(filter(None, (_text(getattr(one, name)) for name in fields)))
            yield PlanChange(
                kind=ChangeKind.ADDED,
                part=part,
                ordinal=mark,
                about=about,
                number=number,
                new=said,
            )
            continue
        for name in fields:
            yield from _field(
                part,
                name,
                _text(getattr(old[root][1], name)),
                _text(getattr(one, name)),
                ordinal=mark,
                about=about,
                number=number,
            )
    for root, (number, one) in old.items():
        if root not in new:
            said = " · ".join(filter(None, (_text(getattr(one, name)) for name in fields)))
            yield PlanChange(
                kind=ChangeKind.REMOVED,
                part=part,
                ordinal=mark,
                about=str(getattr(one, fields[0])),
                number=number,
                old=said,
            )
    kept = [root for root in old if root in new]
    if kept != [root for root in new if root in old]:
        yield PlanChange(
            kind=ChangeKind.CHANGED,
            part=part,
            field="position",
            ordinal=mark,
            old=_order(old[root][0] for root in new if root in old),
            new=_order(new[root][0] for root in new if root in old),
        )


def _order(numbers: Iterable[int]) -> str:
    return " ".join(str(number) for number in numbers)


def _targets(
    was: AlternativeSheet | None, now: AlternativeSheet, mark: str
) -> Iterator[PlanChange]:
    old = {(one.metric, one.year): one for one in (was.targets if was else ())}
    new = {(one.metric, one.year): one for one in now.targets}
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        for name in ("baseline", "target"):
            yield from _field(
                PlanPart.TARGETS,
                name,
                _text(getattr(before, name)) if before else "",
                _text(getattr(after, name)) if after else "",
                ordinal=mark,
                about=key[0],
                year=key[1],
            )


def _field(
    part: PlanPart,
    name: str,
    old: str,
    new: str,
    *,
    ordinal: str = "",
    about: str = "",
    number: int | None = None,
    year: int | None = None,
) -> Iterator[PlanChange]:
    if old == new:
        return
    kind = ChangeKind.CHANGED
    if not old or not new:
        kind = ChangeKind.ADDED if new else ChangeKind.REMOVED
    yield PlanChange(
        kind=kind,
        part=part,
        field=name,
        ordinal=ordinal,
        about=about,
        number=number,
        year=year,
        old=old,
        new=new,
    )


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
