"""亩均评价 at the command line: a county's year in one run, dry or kept as a draft."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landsteward.app.language import localised, render, tr
from landsteward.cli.basics import (
    DONE,
    WITH_REJECTS,
    json_option,
    on_option,
    opened,
    put,
    say,
    workspace_option,
)
from landsteward.domain.text import Message, msg

if TYPE_CHECKING:
    from landsteward.app.gradings import Preview
    from landsteward.domain.grading.ranking import Standing


@click.command()
@workspace_option
@click.option("--year", type=int, required=True, help="评价年度 / the year to grade")
@click.option(
    "--scheme", help="规则包里的方案，默认第一个 / a scheme of the pack (default: the first)"
)
@click.option("--keep", is_flag=True, help="存为测算稿 / keep it as a draft")
@on_option
@json_option
def grade(
    workspace: Path,
    year: int,
    scheme: str | None,
    keep: bool,
    on: datetime | None,
    as_json: bool,
) -> int:
    """亩均评价：测算全县一年的得分、排名、等级 / scores, ranks and grades of a county's year."""
    from landsteward.app.gradings import preview_grading, start_grading

    run_id = None
    with opened(workspace, on=on.date() if on else None, writing=keep) as context:
        preview = preview_grading(context, year=year, scheme_key=scheme)
        if keep:
            run_id = start_grading(context, year=year, scheme_key=scheme).id
    if as_json:
        put(_document(preview, run_id))
    else:
        for line in _lines(preview):
            click.echo(line)
    for sentence in _summary(preview):
        say(render(sentence))
    if run_id is not None:
        say(tr("Kept as a draft; go on in the window under Grading."))
    unscored = any(one.score is None for one in preview.outcome.standings)
    return WITH_REJECTS if unscored else DONE


def _ordered(preview: "Preview") -> "Iterator[Standing]":
    """Group by group, by rank; who has none comes last."""
    yield from sorted(
        preview.outcome.standings,
        key=lambda one: (
            one.unit.scale is None,
            str(one.unit.scale),
            one.rank is None,
            one.rank or 0,
            one.unit.key,
        ),
    )


def _document(preview: "Preview", run_id: str | None) -> dict[str, object]:
    from landsteward.domain.grading.reasons import because

    scheme = preview.scheme
    rows = []
    for standing in _ordered(preview):
        why = because(standing.unit.lacking) if standing.score is None else None
        for subject in standing.unit.members:
            rows.append(
                {
                    "enterprise": subject.name,
                    "uscc": subject.uscc,
                    "group": standing.unit.scale,
                    "score": standing.score.total if standing.score else None,
                    "rank": standing.rank,
                    "of": standing.of or None,
                    "grade": standing.grade,
                    "tied": standing.tied,
                    "cannot_be_scored": render(why) if why is not None else None,
                    "steps": [
                        {
                            "indicator": step.weighted.metric,
                            "value": step.value,
                            "baseline": step.standard.baseline,
                            "least": step.standard.least,
                            "most": step.standard.most,
                            "ratio": step.ratio,
                            "counted": step.counted,
                            "weight": step.weighted.weight,
                            "points": step.points,
                        }
                        for step in (standing.score.steps if standing.score else ())
                    ],
                }
            )
    return {
        "year": preview.year,
        "scheme": scheme.key,
        "run": run_id,
        "looked_at": preview.gathered.looked_at,
        "left_out": {reason.value: count for reason, count in preview.gathered.left_out.items()},
        "results": rows,
    }


def _lines(preview: "Preview") -> Iterator[str]:
    from landsteward.domain.grading.reasons import because

    for standing in _ordered(preview):
        score = standing.score
        for subject in standing.unit.members:
            why = because(standing.unit.lacking) if score is None else None
            yield "\t".join(
                (
                    str(standing.unit.scale or "–"),
                    str(standing.rank or "–"),
                    subject.name,
                    f"{score.total:f}" if score is not None else "–",
                    standing.grade or "–",
                    render(msg("cannot be scored: {reason}", reason=why)) if why else "",
                )
            )


def _summary(preview: "Preview") -> Iterator[Message]:
    from landsteward.domain.grading.scope import OUT_OF_SCOPE

    scored = sum(one.score is not None for one in preview.outcome.standings)
    yield msg(
        "{year}, {scheme}: {scored} scored, {unscored} cannot be scored.",
        year=preview.year,
        scheme=localised(preview.scheme.name, preview.scheme.name_en),
        scored=scored,
        unscored=len(preview.outcome.standings) - scored,
    )
    for reason, count in sorted(preview.gathered.left_out.items()):
        yield msg("Not graded: {count}, {reason}.", count=count, reason=OUT_OF_SCOPE[reason])
