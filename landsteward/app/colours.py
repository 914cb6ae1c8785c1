"""Which of the four colours cases have, and why: asked alike by board, lists, page and dossier."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from landsteward.app.context import Context
from landsteward.app.views import BoardRow
from landsteward.domain.colours import Colour, Standing, standing_of_case, standing_of_step
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import CaseStage

_STAGES = [stage.value for stage in CaseStage]
_COLOURS = list(Colour)


def board(ctx: Context) -> tuple[BoardRow, ...]:
    """How many cases of each stage have which colour; without any, no rule pack need be read."""
    if not ctx.workspace.cases.count():
        return ()
    terms, today = ctx.pack().follow_up.colours, ctx.today()
    following = ctx.workspace.following
    counts = Counter(
        (facts.stage, standing_of_case(facts, terms, today).colour) for facts in following.cases()
    )
    for stage, count in following.ended().items():
        counts[stage, Colour.BLUE] = count
    rows = [
        BoardRow(stage=stage, colour=colour, count=count)
        for (stage, colour), count in counts.items()
    ]
    return tuple(
        sorted(rows, key=lambda row: (_STAGES.index(row.stage), _COLOURS.index(row.colour)))
    )


def all_standings(ctx: Context) -> dict[str, Standing]:
    """The colours of all cases, by key; those that are ended too."""
    ids = [one.id for one in ctx.workspace.cases.where()]
    return standings(ctx, case_ids=ids)


def standings(ctx: Context, *, case_ids: Sequence[str]) -> dict[str, Standing]:
    """The colours of these cases, by key."""
    terms, today = ctx.pack().follow_up.colours, ctx.today()
    return {
        facts.id: standing_of_case(facts, terms, today)
        for facts in ctx.workspace.following.cases(case_ids)
    }


def standing(ctx: Context, *, case_id: str) -> Standing:
    """The colour of one case today."""
    return standing_then(ctx, case_id=case_id, pack=ctx.pack(), on=ctx.today())


def standing_then(ctx: Context, *, case_id: str, pack: RulePack, on: date) -> Standing:
    """The same by a certain pack, as of a day: what a paper says for ever."""
    (facts,) = ctx.workspace.following.cases([case_id])
    return standing_of_case(facts, pack.follow_up.colours, on)


def step_standings(ctx: Context, *, case_id: str) -> dict[str, Standing]:
    """The colours of the steps that a case keeps to, by key."""
    terms, today = ctx.pack().follow_up.colours, ctx.today()
    (facts,) = ctx.workspace.following.cases([case_id])
    return {one.id: standing_of_step(one, facts.obstacles, terms, today) for one in facts.steps}
