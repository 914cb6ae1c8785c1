"""The command on ways out: which are open for each finding of a case, and why not."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landsteward.app.language import localised, tr
from landsteward.cli.basics import DONE, json_option, on_option, opened, put, say, workspace_option

if TYPE_CHECKING:
    from landsteward.app.ways_out import WaysOut
    from landsteward.domain.chosen_ways import WayReason
    from landsteward.domain.ways.judging import WayOut


@click.command()
@click.argument("case_no")
@workspace_option
@on_option
@json_option
def ways(case_no: str, workspace: Path, on: datetime | None, as_json: bool) -> int:
    """各问题的解决路径 / the ways out of a case's findings: open, open if, barred."""
    from landsteward.app.cases import case_by_number
    from landsteward.app.ways_out import ways_of_case
    from landsteward.domain.chosen_ways import WayState

    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        case = case_by_number(context, case_no=case_no)
        found = ways_of_case(context, case_id=case.id, on=context.today())
    if as_json:
        put([_finding(one) for one in found])
        return DONE
    words = {
        WayState.OPEN: tr("open"),
        WayState.OPEN_IF: tr("open if"),
        WayState.BARRED: tr("barred"),
    }
    for one in found:
        click.echo(f"{one.finding.finding_no}\t{one.finding.title}")
        for way in one.ways:
            if way.fits:
                name = localised(way.path.name, way.path.name_en)
                click.echo("\t".join(("", words[way.state], name, _because(way))))
    say(tr("{count} findings.", count=len(found)))
    return DONE


def _because(way: "WayOut") -> str:
    """Why it is not simply open, in the pack's words."""
    from landsteward.domain.chosen_ways import ReasonKind

    barring = way.of_kind(ReasonKind.BARRED)
    told = barring or way.of_kind(ReasonKind.TO_MEET, ReasonKind.UNKNOWN)
    return tr("; ").join(f"{one.kind.sign} {localised(one.text, one.text_en)}" for one in told)


def _finding(one: "WaysOut") -> dict[str, object]:
    return {
        "finding": one.finding.finding_no,
        "title": one.finding.title,
        "on": one.on,
        "ways": [_way(way) for way in one.ways],
    }


def _way(way: "WayOut") -> dict[str, object]:
    from landsteward.app.screening import basis_json

    return {
        "way": way.path.key,
        "name": way.path.name,
        "fits": way.fits,
        "state": way.state.value,
        "legal_basis": [basis_json(basis) for basis in way.bases],
        "reasons": [_reason(reason) for reason in way.reasons],
    }


def _reason(reason: "WayReason") -> dict[str, object]:
    from landsteward.app.screening import basis_json

    return {
        "condition": reason.condition,
        "kind": reason.kind.value,
        "text": reason.text,
        "legal_basis": [basis_json(basis) for basis in reason.bases],
        "facts": {one.name: one.value for one in reason.facts},
    }
