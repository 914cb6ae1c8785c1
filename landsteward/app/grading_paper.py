"""公示名单: a grading's results as a paper, gathered so that it can be laid out elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from landsteward.app.context import Context
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.gradings import GradingRun
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Scale

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedLine:
    """Who is graded; `rank` and `score` are empty where a veto alone gave the grade, the
    score also where it is `restricted` for who prints.
    """

    scale: Scale | None
    rank: int | None
    name: str
    uscc: str
    score: str
    grade: str
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingPaper:
    """The list as it is printed. No taxes or revenues stand in it: they may be restricted."""

    run: GradingRun
    lines: tuple[GradedLine, ...]
    unscored: int
    office: str
    on: date
    wording: Mapping[str, str]


def grading_paper(ctx: Context, *, run_id: str) -> GradingPaper:
    """Everybody who has a grade, group by group and by rank. Raises RecordNotFoundError."""
    run = ctx.workspace.grading_runs.get(run_id)
    lists = ctx.workspace.lists
    wanted = ListFilter(equal={"run_id": run_id})
    ids = lists.ids(ListKind.GRADING, wanted, Sort(column="rank"))
    masked = Restricted.TAX in ctx.sight.masked
    lines: list[GradedLine] = []
    unscored = 0
    for start in range(0, len(ids), _AT_ONCE):
        for row in lists.rows(ListKind.GRADING, ids[start : start + _AT_ONCE]):
            cells = row.cells
            if cells["grade"] is None:
                unscored += 1
                continue
            rank = cells["rank"]
            lines.append(
                GradedLine(
                    scale=Scale(str(cells["scale"])) if cells["scale"] else None,
                    rank=int(rank) if rank is not None else None,
                    name=str(cells["name"]),
                    uscc=str(cells["uscc"] or ""),
                    score=str(cells["score"] or ""),
                    grade=str(cells["grade"]),
                    restricted=masked and rank is not None,
                )
            )
    return GradingPaper(
        run=run,
        lines=tuple(lines),
        unscored=unscored,
        office=ctx.organisation().name,
        on=run.final_on or run.notice_from or run.made_on,
        wording=ctx.pack().wording,
    )
