"""Commands on workspace files: a new one, looking one over, a copy; and the tour."""

from datetime import datetime
from pathlib import Path

import click

from landsteward.app.language import render, tr
from landsteward.cli.basics import (
    DONE,
    WITH_REJECTS,
    json_option,
    on_option,
    opened,
    output_option,
    put,
    say,
    workspace_option,
)
from landsteward.domain.errors import DamagedError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="带示例园区 / with the sample park")
@on_option
def new(file: Path, sample: bool, on: datetime | None) -> int:
    """新建工作区 / a new workspace."""
    from landsteward import bootstrap

    if sample:
        bootstrap.create_sample(file, today=on.date() if on else None)
    else:
        bootstrap.create_workspace(file).close()
    say(tr("Created {file}.", file=file))
    return DONE


@click.command()
@workspace_option
@json_option
def check(workspace: Path, as_json: bool) -> int:
    """检查文件完整性、外键和留痕链 / integrity, foreign keys, audit chain."""
    from landsteward.app.views import ChainReport, CheckReport

    try:
        with opened(workspace, writing=False) as context:
            report = context.workspace.check()
    except DamagedError as error:
        # Too damaged to be opened: that is what the check finds.
        report = CheckReport(
            ok=False,
            integrity=(f"{render(error.what)} {error.where}",),
            foreign_keys=(),
            audit_chain=ChainReport(ok=False, length=0, first_bad=1),
        )
    if as_json:
        put(
            {
                "ok": report.ok,
                "integrity": list(report.integrity),
                "foreign_keys": list(report.foreign_keys),
                "audit_chain": {
                    "ok": report.audit_chain.ok,
                    "length": report.audit_chain.length,
                    "first_bad": report.audit_chain.first_bad,
                },
            }
        )
    for line in (*report.integrity, *report.foreign_keys):
        say(line)
    if not report.audit_chain.ok:
        say(tr("The trail is broken at entry {seq}.", seq=report.audit_chain.first_bad))
    if report.ok:
        say(tr("In order; {count} entries in the trail.", count=report.audit_chain.length))
    return DONE if report.ok else WITH_REJECTS


@click.command()
@workspace_option
@output_option
def backup(workspace: Path, output: Path) -> int:
    """备份工作区 / a consistent copy of the workspace."""
    with opened(workspace, writing=False) as context:
        context.workspace.backup(str(output))
    say(tr("Saved {file}.", file=output))
    return DONE


@click.command()
@output_option
def tour(output: Path) -> int:
    """走一遍示例案件并截图 / drives the window through a sample case, one picture a page."""
    from landsteward.bootstrap import run_tour

    return run_tour(output)
