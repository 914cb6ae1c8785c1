"""Commands on casework: screening, the campaigns, the cases, their dossiers."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landsteward.app.language import render, tr
from landsteward.cli.basics import (
    DONE,
    json_option,
    noted,
    on_option,
    opened,
    output_option,
    put,
    refuse_same_file,
    say,
    workspace_option,
)

if TYPE_CHECKING:
    from landsteward.app.campaign_progress import CampaignView, Progress


@click.command()
@workspace_option
@on_option
@json_option
def screen(workspace: Path, on: datetime | None, as_json: bool) -> int:
    """自动筛查疑似问题 / the automatic rules: suspected findings, never a verdict."""
    from landsteward.app.screening import run_screening

    day = on.date() if on else None
    with opened(workspace, on=day, writing=False) as context:
        result = run_screening(context, on=context.today())
    if as_json:
        put(result.as_json())
    else:
        for line in result.lines():
            click.echo(line)
    for sentence in result.summary():
        say(render(sentence))
    return DONE


@click.command()
@click.argument("case_no")
@workspace_option
@output_option
@on_option
def preparation(case_no: str, workspace: Path, output: Path, on: datetime | None) -> int:
    """体检准备单 PDF / the preparation sheet of a case's checkup as PDF."""
    from landsteward.app.cases import case_by_number
    from landsteward.app.exports import may_export
    from landsteward.app.files import write_whole
    from landsteward.app.preparation import preparation_sheet
    from landsteward.bootstrap import build_preparation_pdf
    from landsteward.domain.exports import Exported

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        may_export(context)
        case = case_by_number(context, case_no=case_no)
        sheet = preparation_sheet(context, case_id=case.id)
    write_whole(output, build_preparation_pdf(sheet))
    noted(workspace, output, kind=Exported.PAPER, title=case.case_no)
    say(tr("Saved {file}.", file=output))
    return DONE


@click.command()
@workspace_option
@json_option
def cases(workspace: Path, as_json: bool) -> int:
    """案件及下一步 / cases and what comes next."""
    from landsteward.app.cases import list_cases
    from landsteward.domain.guidance import words_for

    with opened(workspace, writing=False) as context:
        found = list_cases(context)
    rows = [
        {
            "case_no": one.case.case_no,
            "enterprise": one.enterprise.name if one.enterprise else None,
            "stage": one.case.stage.value,
            "findings": len(one.findings),
            "open_findings": one.open_findings,
            "next_step": one.next_step.value,
        }
        for one in found
    ]
    if as_json:
        put(rows)
        return DONE
    for one in found:
        holder = one.enterprise.name if one.enterprise else tr("holder unknown")
        click.echo(f"{one.case.case_no}\t{holder}\t{render(words_for(one.next_step))}")
    say(tr("{count} cases.", count=len(found)))
    return DONE


@click.command()
@workspace_option
@on_option
@json_option
def campaigns(workspace: Path, on: datetime | None, as_json: bool) -> int:
    """体检批次进度 / campaigns and how far they are."""
    from landsteward.app.campaign_progress import list_campaigns
    from landsteward.domain.states import VisitStage

    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        found = list_campaigns(context)
    if as_json:
        put([_campaign(one) for one in found])
        return DONE
    for one in found:
        click.echo(
            "\t".join(
                (
                    one.campaign.name,
                    tr("{count} enterprises", count=one.enterprises),
                    tr(
                        "{done} of {total}",
                        done=one.overall.stages[VisitStage.REPORTED],
                        total=one.overall.total,
                    ),
                    tr("problems: {count}", count=one.overall.problems),
                )
            )
        )
    say(tr("{count} campaigns.", count=len(found)))
    return DONE


def _campaign(one: "CampaignView") -> dict[str, object]:
    """A campaign as the document has it."""
    return {
        "campaign": one.campaign.name,
        "year": one.campaign.year,
        "state": one.campaign.state.value,
        "from": one.campaign.from_on,
        "to": one.campaign.to_on,
        "enterprises": one.enterprises,
        "visits": _counts(one.overall),
        "departments": {part.key: _counts(part) for part in one.departments},
        "carriers": [{"carrier": part.name or None, **_counts(part)} for part in one.carriers],
        "late": one.late,
        "joinable": one.joinable,
        "over_cap": [
            {
                "enterprise": one.cap.names.get(warning.enterprise_id),
                "department": warning.department,
                "year": warning.year,
                "most": warning.most,
                "visits": [
                    {
                        "day": visit.day,
                        "case_no": visit.case_no or None,
                        "campaign": visit.campaign or None,
                    }
                    for visit in warning.visits
                ],
            }
            for warning in one.cap.warnings
        ],
        "next_step": one.step.value,
    }


def _counts(part: "Progress") -> dict[str, object]:
    stages: dict[str, object] = {stage.value: count for stage, count in part.stages.items()}
    return {**stages, "with_problems": part.with_problems, "problems": part.problems}


@click.command()
@click.argument("case_no")
@workspace_option
@output_option
@on_option
def dossier(case_no: str, workspace: Path, output: Path, on: datetime | None) -> int:
    """案卷 PDF / the dossier of a case as PDF."""
    from landsteward.app.archiving import archived_dossier
    from landsteward.app.cases import case_by_number
    from landsteward.app.dossier_assembly import assemble_dossier
    from landsteward.app.exports import may_export
    from landsteward.app.files import write_whole
    from landsteward.bootstrap import build_dossier_pdf
    from landsteward.domain.exports import Exported

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        may_export(context)
        case = case_by_number(context, case_no=case_no)
        if kept := archived_dossier(context, case=case):
            content = kept[1]
        else:
            view = assemble_dossier(context, case_id=case.id, on=context.today())
            content = build_dossier_pdf(view)
    write_whole(output, content)
    noted(workspace, output, kind=Exported.DOSSIER, title=case.case_no)
    if kept:
        say(
            tr(
                "The case is archived: its dossier of {day} is kept as it was.",
                day=kept[0].issued_on,
            )
        )
    say(tr("Saved {file}.", file=output))
    return DONE


@click.command()
@click.argument("case_no")
@workspace_option
@output_option
@on_option
@click.option("--blank", is_flag=True, help="空白表，现场手填 / blank, for filling in by hand")
def form(case_no: str, workspace: Path, output: Path, on: datetime | None, blank: bool) -> int:
    """体检表 PDF / the checkup form of a case as PDF."""
    from landsteward.app.cases import case_by_number
    from landsteward.app.exports import may_export
    from landsteward.app.files import write_whole
    from landsteward.app.form_assembly import form_of_case
    from landsteward.bootstrap import build_form_pdf
    from landsteward.domain.exports import Exported

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        may_export(context)
        case = case_by_number(context, case_no=case_no)
        view = form_of_case(context, case_id=case.id, on=context.today(), blank=blank)
        content = build_form_pdf(view, blank=blank)
    write_whole(output, content)
    noted(workspace, output, kind=Exported.PAPER, title=case.case_no)
    say(tr("Saved {file}; its code is {code}.", file=output, code=view.code))
    return DONE
