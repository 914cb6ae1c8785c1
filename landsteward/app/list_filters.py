"""What long lists can be narrowed by, and which filter to take away where nothing fits."""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.context import Context
from landsteward.app.listed import listed_ids
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.colours import Colour
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import (
    CampaignState,
    CaseStage,
    Disposal,
    OrganisationKind,
    Scale,
    Severity,
    VisitStage,
)

_FLAGS: dict[ListKind, tuple[Flag, ...]] = {
    ListKind.ENTERPRISES: (
        Flag.OVERDUE,
        Flag.SUSPECTED,
        Flag.NO_CASE,
        Flag.NO_CODE,
        Flag.NO_LAND,
    ),
    ListKind.PARCELS: (
        Flag.OVERDUE,
        Flag.SUSPECTED,
        Flag.NOT_STARTED,
        Flag.NO_HOLDER,
        Flag.NO_CASE,
        Flag.NO_BOUNDARY,
    ),
    ListKind.CASES: (Flag.OVERDUE, Flag.SUSPECTED),
    ListKind.TRACKING: (Flag.OVERDUE,),
    ListKind.PLANS: (Flag.OVERDUE, Flag.COMMENTED),
    ListKind.FINDINGS: (
        Flag.OVERDUE,
        Flag.REPLY_WAITING,
        Flag.REPLY_OVERDUE,
        Flag.ANSWER_WAITING,
        Flag.SUPERVISED,
        Flag.JOINT,
    ),
    ListKind.VISITS: (Flag.TODAY, Flag.LATE, Flag.NO_DAY, Flag.PROBLEMS),
}
_FACETS: dict[ListKind, tuple[Facet, ...]] = {
    ListKind.ENTERPRISES: (
        Facet.CARRIER,
        Facet.NOT_IN,
        Facet.DEPARTMENT,
        Facet.GRADE,
        Facet.SCALE,
        Facet.STAGE,
        Facet.FLAG,
        Facet.NOT_VISITED,
        Facet.YEAR,
    ),
    ListKind.PARCELS: (Facet.CARRIER, Facet.DEPARTMENT, Facet.STAGE, Facet.FLAG, Facet.YEAR),
    ListKind.CASES: (
        Facet.COLOUR,
        Facet.CARRIER,
        Facet.DEPARTMENT,
        Facet.FLAG,
        Facet.YEAR,
    ),
    ListKind.TRACKING: (
        Facet.COLOUR,
        Facet.KIND,
        Facet.DEPARTMENT,
        Facet.FLAG,
        Facet.CARRIER,
    ),
    ListKind.PLANS: (Facet.TURN, Facet.FIRM, Facet.FLAG, Facet.CARRIER),
    ListKind.FINDINGS: (
        Facet.DEPARTMENT,
        Facet.CATEGORY,
        Facet.SEVERITY,
        Facet.DISPOSAL,
        Facet.ROOT_CAUSE,
        Facet.FLAG,
        Facet.CARRIER,
    ),
    ListKind.VISITS: (
        Facet.CARRIER,
        Facet.DEPARTMENT,
        Facet.INSPECTOR,
        Facet.STAGE,
        Facet.FLAG,
    ),
}
_YEARS_NOT_VISITED = 3
TRACKED = ("finding", "step")
"""What the list of what is followed holds."""
TURNS = ("writer", "carrier", "enterprise")
"""Whose turn it can be with a plan, see `db/sql/plans.sql`; "" is nobody's any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet. `name` and `name_en` are what data call it, empty where the program has
    a word for it; a value "" stands for none on record.
    """

    value: str
    name: str = ""
    name_en: str = ""


Choices = dict[Facet, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosened:
    """A filter without one of its parts (None: its text), and how many rows it would show."""

    part: Facet | None
    filter: ListFilter
    count: int


def choices_of(ctx: Context, *, kind: ListKind) -> Choices:
    """What may be chosen of each facet of a list, in the order to show it; nothing for lists that
    have no facets.
    """
    return {facet: tuple(_choices(ctx, kind, facet)) for facet in _FACETS.get(kind, ())}


def _choices(ctx: Context, kind: ListKind, facet: Facet) -> list[Choice]:
    nothing = Choice(value="")
    if facet is Facet.CARRIER:
        carriers = ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
        carriers.sort(key=lambda one: (one.code or "~", one.name))
        return [*(Choice(value=one.id, name=one.name) for one in carriers), nothing]
    if facet is Facet.FIRM:
        firms = ctx.workspace.organisations.where(kind=OrganisationKind.SERVICE_FIRM)
        firms.sort(key=lambda one: one.name)
        return [*(Choice(value=one.id, name=one.name) for one in firms), nothing]
    if facet is Facet.TURN:
        return [*(Choice(value=one) for one in TURNS), nothing]
    if facet is Facet.DEPARTMENT:
        return [
            Choice(value=one.key, name=one.short_name or one.name, name_en=one.name_en)
            for one in ctx.pack().departments
        ]
    terms = ctx.pack().findings if facet in (Facet.CATEGORY, Facet.ROOT_CAUSE) else None
    if terms is not None:
        known = terms.categories if facet is Facet.CATEGORY else terms.root_causes
        named = [Choice(value=one.key, name=one.name, name_en=one.name_en) for one in known]
        return [*named, nothing]
    if facet is Facet.COLOUR:
        return [Choice(value=one.value) for one in Colour]
    if facet is Facet.KIND:
        return [Choice(value=one) for one in TRACKED]
    if facet is Facet.SEVERITY:
        return [Choice(value=str(one.value)) for one in Severity]
    if facet is Facet.DISPOSAL:
        return [Choice(value=one.value) for one in Disposal]
    if facet is Facet.INSPECTOR:
        people = sorted(ctx.workspace.people.where(active=True), key=lambda one: one.name)
        inspecting = [one for one in people if may(one.role, Action.CHECK)]
        return [Choice(value=one.id, name=one.name) for one in inspecting]
    if facet is Facet.NOT_IN:
        living = [
            one for one in ctx.workspace.campaigns.where() if one.state is not CampaignState.ENDED
        ]
        return [Choice(value=one.id, name=one.name) for one in living]
    if facet is Facet.SCALE:
        return [*(Choice(value=one.value) for one in Scale), nothing]
    if facet is Facet.NOT_VISITED:
        year = ctx.today().year
        first_days = [date(year - past, 1, 1) for past in range(_YEARS_NOT_VISITED)]
        return [*(Choice(value=one.isoformat()) for one in first_days), nothing]
    if facet is Facet.STAGE and kind is ListKind.VISITS:
        return [Choice(value=one.value) for one in VisitStage]
    if facet is Facet.STAGE:
        return [*(Choice(value=one.value) for one in CaseStage), nothing]
    if facet is Facet.FLAG:
        return [Choice(value=one.value) for one in _FLAGS[kind]]
    values = ctx.workspace.lists.values(kind, facet)
    found = [Choice(value=one, name=one) for one in values]
    return [*found, nothing] if facet is Facet.GRADE else found


def without_each(ctx: Context, *, kind: ListKind, wanted: ListFilter, sort: Sort) -> list[Loosened]:
    """For a filter that fits nothing: each part which, taken away, lets something be seen again."""
    less: list[tuple[Facet | None, ListFilter]] = []
    if wanted.text:
        less.append((None, replace(wanted, text="")))
    for facet in wanted.chosen:
        others = {one: values for one, values in wanted.chosen.items() if one is not facet}
        less.append((facet, replace(wanted, chosen=others)))
    counted = [
        Loosened(
            part=part, filter=one, count=len(listed_ids(ctx, kind=kind, wanted=one, sort=sort))
        )
        for part, one in less
    ]
    return [one for one in counted if one.count]
