"""Who would be visited too often (国办发〔2024〕54号), and which visits count."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.domain.visit_cap import CapWarning, CountedVisit, too_often

_AT_ONCE = 2000
Place = tuple[str, str, int]
"""An enterprise, a department and a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapView:
    """Warnings with what the enterprises are called."""

    warnings: tuple[CapWarning, ...]
    names: dict[str, str]

    @property
    def enterprise_ids(self) -> tuple[str, ...]:
        """The enterprises warned about, once each."""
        return tuple(dict.fromkeys(one.enterprise_id for one in self.warnings))


def cap_if_visited(
    ctx: Context, *, enterprise_ids: Sequence[str], departments: Sequence[str], year: int
) -> CapView:
    """What would be too often if each of these departments visited each enterprise once more."""
    more = Counter(
        (enterprise_id, department, year)
        for enterprise_id in enterprise_ids
        for department in departments
    )
    return _view(ctx, enterprise_ids, [year], more)


def cap_of_campaign(ctx: Context, *, campaign_id: str) -> CapView:
    """Where the visits of a campaign are too often by what is planned and was made so far."""
    lines = ctx.workspace.visit_reports.of_campaign(campaign_id)
    campaign = ctx.workspace.campaigns.get(campaign_id)
    asked: set[Place] = {
        (one.enterprise_id, department, one.day.year if one.day else campaign.year)
        for one in lines
        for department in one.departments
    }
    ids = list(dict.fromkeys(one.enterprise_id for one in lines))
    found = _view(ctx, ids, sorted({year for _id, _department, year in asked}), Counter())
    return CapView(
        warnings=tuple(
            one for one in found.warnings if (one.enterprise_id, one.department, one.year) in asked
        ),
        names=found.names,
    )


def cap_of_case(
    ctx: Context, *, enterprise_id: str, departments: Sequence[str], year: int, checkup_id: str
) -> CapView:
    """What would be too often once a case's checkup is made, whether it counts already or not."""
    if not ctx.pack().visit_cap.on:
        return CapView(warnings=(), names={})
    counted = ctx.workspace.visit_reports.counted([enterprise_id], [year])
    others = [one for one in counted if one.key != checkup_id and one.department in departments]
    more = Counter((enterprise_id, department, year) for department in departments)
    warnings = too_often(ctx.pack().visit_cap, others, more=more)
    return CapView(warnings=tuple(warnings), names={})


def _view(
    ctx: Context, enterprise_ids: Sequence[str], years: Sequence[int], more: Counter[Place]
) -> CapView:
    cap = ctx.pack().visit_cap
    if not cap.on:
        return CapView(warnings=(), names={})
    warnings = too_often(cap, _counted(ctx, enterprise_ids, years), more=more)
    warned = list(dict.fromkeys(one.enterprise_id for one in warnings))
    found = ctx.workspace.reports.enterprises_by_id(warned)
    return CapView(warnings=tuple(warnings), names={key: one.name for key, one in found.items()})


def _counted(
    ctx: Context, enterprise_ids: Sequence[str], years: Sequence[int]
) -> Iterator[CountedVisit]:
    for start in range(0, len(enterprise_ids), _AT_ONCE):
        yield from ctx.workspace.visit_reports.counted(
            enterprise_ids[start : start + _AT_ONCE], years
        )
