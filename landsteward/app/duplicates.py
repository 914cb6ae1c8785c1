"""Looking for enterprises that are in the register twice."""

from collections.abc import Callable
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.domain.duplicates import Likeness, Named, NotTheSame, alike, could_be_same
from landsteward.domain.near import MOST_BESIDE, one_slip, slip_keys
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind

MOST_SHOWN = 100
_COMPARED = (
    "uscc",
    "legal_representative",
    "phone",
    "contact",
    "district",
    "address",
    "industry_name",
)
"""What tells two records of one enterprise from two enterprises, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePair:
    """Two records that may be one: by what, and what else agrees and differs (field names)."""

    first: Enterprise
    second: Enterprise
    by: tuple[Likeness, ...]
    agrees: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """The first pairs, and how many there are in all."""

    pairs: tuple[DuplicatePair, ...]
    total: int


def find_duplicates(ctx: Context, *, told: Callable[[int, int], None] | None = None) -> Duplicates:
    """Pairs of the whole register that may be one enterprise; the likeliest first.

    Left out: what a person said are two, and two with codes of different organisations.
    """
    space = ctx.workspace
    total = space.enterprises.count(kind=EnterpriseKind.ORGANISATION)
    records: dict[str, Named] = {}
    for number, one in enumerate(space.reports.named_enterprises()):
        records[one.id] = one
        if told is not None and number % 1000 == 0:
            told(number, total)
    known = {frozenset((one.first_id, one.second_id)) for one in space.not_the_same.where()}
    found = [
        one
        for one in alike(records.values(), ctx.packs.codes().names)
        if frozenset((one.first_id, one.second_id)) not in known
        and could_be_same(records[one.first_id], records[one.second_id])
    ]
    found.sort(
        key=lambda one: (
            one.by == (Likeness.SPELLING,),
            -len(one.by),
            records[one.first_id].name,
        )
    )
    shown = found[:MOST_SHOWN]
    keys = {key for one in shown for key in (one.first_id, one.second_id)}
    whole = space.reports.enterprises_by_id(sorted(keys))
    return Duplicates(
        pairs=tuple(_pair(whole[one.first_id], whole[one.second_id], one.by) for one in shown),
        total=len(found),
    )


def duplicates_of(ctx: Context, *, enterprise_id: str) -> tuple[Enterprise, ...]:
    """Other records that may be this enterprise, by name; those one slip apart come last."""
    space = ctx.workspace
    here = space.enterprises.get(enterprise_id)
    if here.kind is EnterpriseKind.PERSON:
        return ()
    words = ctx.packs.codes().names
    key = words.loose_key(here.name)
    marks = space.not_the_same
    known = {one.second_id for one in marks.where(first_id=enterprise_id)}
    known |= {one.first_id for one in marks.where(second_id=enterprise_id)}
    near = {
        one.id: one
        for signs in dict.fromkeys((key, *slip_keys(key, words.tells)))
        for one in space.reports.enterprises_like(signs)
        if one.id != enterprise_id and one.kind is EnterpriseKind.ORGANISATION
    }
    keys = {one.id: words.loose_key(one.name) for one in near.values()}
    slipped = {other for other in keys.values() if one_slip(key, other, words.tells)}
    if len(slipped) > MOST_BESIDE:
        slipped.clear()
    found = [
        one
        for one in near.values()
        if one.id not in known
        and (keys[one.id] == key or keys[one.id] in slipped)
        and could_be_same(_named(here), _named(one))
    ]
    return tuple(sorted(found, key=lambda one: keys[one.id] != key))


def tell_apart(ctx: Context, *, first_id: str, second_id: str) -> NotTheSame:
    """Say that two records are two enterprises: they are not proposed again."""
    ctx.require(Action.MERGE)
    space = ctx.workspace
    space.enterprises.get(first_id)
    space.enterprises.get(second_id)
    mark = NotTheSame(id=ctx.ids.new(), first_id=first_id, second_id=second_id)
    with ctx.change():
        space.not_the_same.add(mark)
    return mark


def _named(one: Enterprise) -> Named:
    return Named(one.id, one.name, one.uscc)


def _pair(first: Enterprise, second: Enterprise, by: tuple[Likeness, ...]) -> DuplicatePair:
    compared = [(name, getattr(first, name), getattr(second, name)) for name in _COMPARED]
    both = [(name, here, there) for name, here, there in compared if here and there]
    return DuplicatePair(
        first=first,
        second=second,
        by=by,
        agrees=tuple(name for name, here, there in both if here == there),
        differs=tuple(name for name, here, there in both if here != there),
    )
