"""跟踪: every step and finding under way with its own colour."""

from collections.abc import Sequence

from landsteward.app.context import Context
from landsteward.domain.colours import Standing, standing_of_finding, standing_of_step


def tracked_standings(
    ctx: Context, *, case_ids: Sequence[str] | None = None
) -> dict[str, Standing]:
    """The colours of all steps and findings of these cases, or of all under way, by key."""
    terms, today = ctx.pack().follow_up.colours, ctx.today()
    found: dict[str, Standing] = {}
    wanted = None if case_ids is None else list(dict.fromkeys(case_ids))
    for facts in ctx.workspace.following.cases(wanted):
        for step in facts.steps:
            found[step.id] = standing_of_step(step, facts.obstacles, terms, today)
        for finding in facts.findings:
            found[finding.id] = standing_of_finding(finding, terms, today)
    return found
