"""The command line: everything the window does in bulk, without it.

With `--json` one JSON document goes to stdout; messages always go to stderr. Exit status: 0 done,
1 done with rejected rows or findings of the check itself, 2 refused, 3 a bug of ours.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.language import Language, render, tr, use_language
from landsteward.cli_boundaries import (
    boundary_options,
    boundary_options_of,
    imported_boundaries,
)
from landsteward.cli_rosters import imported_roster, refuse_if_said, roster_options
from landsteward.domain.errors import DamagedError, KnownError, WorkspaceError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.boundaries import BoundaryImport
    from landsteward.app.rosters import RosterResult

DONE, WITH_REJECTS, REFUSED, BUG = 0, 1, 2, 3

log = logging.getLogger(__name__)

_workspace = click.option(
    "--workspace",
    "-w",
    required=True,
    type=click.Path(path_type=Path),
    help="工作区文件 (*.lsw) / workspace file",
)
_json = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON / one JSON document")
_on = click.option(
    "--on",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="以这一天为准 (默认今天) / as of this day (default: today)",
)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and say its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = commands.main(args=list(arguments), standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return REFUSED
    except KnownError as error:
        say(worded(error))
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has heard enough (`| head`); Python must not flush it again.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return DONE
    except Exception:
        from landsteward.bootstrap import writing_log

        with writing_log() as file:
            log.exception("unexpected")
        say(tr("This is a mistake in the program; details are in the log: {file}", file=file))
        return BUG
    return status if isinstance(status, int) else DONE


def worded(error: KnownError) -> str:
    """An error as a person reads it: what, where, what to do."""
    lines = [tr("Not done: {what}", what=error.what)]
    if error.where:
        lines.append(tr("Where: {where}", where=error.where))
    if error.remedy is not None:
        lines.append(tr("What to do: {remedy}", remedy=error.remedy))
    return "\n".join(lines)


def say(text: str) -> None:
    """A message for the person, on stderr."""
    click.echo(text, err=True)


def put(document: object) -> None:
    """The one JSON document, on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


@contextmanager
def opened(path: Path, *, on: date | None = None, writing: bool) -> Iterator[Context]:
    """A context on the workspace; for reading only, nothing is locked and nobody is introduced."""
    from landsteward import bootstrap

    clock = bootstrap.AsOfClock(on) if on is not None else bootstrap.SystemClock()
    workspace = bootstrap.open_workspace(path, read_only=not writing)
    try:
        actor = (
            bootstrap.command_line_actor(workspace, clock=clock, ids=bootstrap.system_ids())
            if writing
            else bootstrap.unintroduced_user()
        )
        yield bootstrap.make_context(workspace, actor=actor, clock=clock)
    finally:
        workspace.close()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice([language.value for language in Language]),
    envvar="LANDSTEWARD_LANG",
    default=None,
    help="界面语言 / language",
)
@click.option("--open", "file", type=click.Path(path_type=Path), help="打开工作区 / open FILE.lsw")
@click.option(
    "--page",
    default="desk",
    help="从这一页开始，如 register / the page to begin with, e.g. register",
)
@click.pass_context
def commands(
    click_context: click.Context, lang: str | None, file: Path | None, page: str
) -> int | None:
    """LandSteward 土地管家. 不带命令则打开窗口 / without a command the window opens."""
    if lang is not None:
        use_language(Language(lang))
    if click_context.invoked_subcommand is not None:
        return None
    from landsteward.bootstrap import run_window

    return run_window(file, language=Language(lang) if lang else None, page=page)


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="带示例园区 / with the sample park")
@_on
def new(file: Path, sample: bool, on: datetime | None) -> int:
    """新建工作区 / a new workspace."""
    from landsteward import bootstrap

    if sample:
        bootstrap.create_sample(file, today=on.date() if on else None)
    else:
        bootstrap.create_workspace(file).close()
    say(tr("Created {file}.", file=file))
    return DONE


@commands.command("import")
@click.argument(
    "kind", type=click.Choice(["land-supply", "enterprises", "parcels", "metrics", "boundaries"])
)
@click.argument("file", type=click.Path(path_type=Path))
@_workspace
@click.option("--dry-run", is_flag=True, help="只试算，不写入 / count only, write nothing")
@click.option(
    "--save-refused",
    type=click.Path(path_type=Path),
    help="被拒的行另存为 .xlsx / the refused rows as .xlsx, to mend and import again",
)
@roster_options
@boundary_options
@_on
@_json
def import_(
    kind: str,
    file: Path,
    workspace: Path,
    dry_run: bool,
    save_refused: Path | None,
    on: datetime | None,
    as_json: bool,
    **said: Any,
) -> int:
    """导入表格 / import a sheet."""
    from landsteward.bootstrap import refused_rows_writer

    if save_refused is not None:
        refuse_same_file(save_refused, workspace)
        refuse_same_file(save_refused, file)
    with opened(workspace, on=on.date() if on else None, writing=not dry_run) as context:
        result = _imported(context, kind, file, dry_run=dry_run, said=said)
    document = result.as_json()
    if as_json:
        put(document)
    say(
        tr(
            "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, "
            "{rejected} problems in rejected rows, {warnings} warnings.",
            rows=document["rows"],
            created=document["created"],
            updated=document["updated"],
            unchanged=document["unchanged"],
            rejected=len(document["rejected"]),
            warnings=len(document["warnings"]),
        )
    )
    if not as_json:
        for one in document["rejected"]:
            say(
                tr(
                    "Row {row}, {column} “{value}”: {reason}",
                    row=one["row"],
                    column=one["column"],
                    value=one["value"],
                    reason=one["reason"],
                )
            )
    if result.batch is not None:
        say(
            tr(
                "To take it back: landsteward undo-import {batch} --workspace {file}",
                batch=result.batch.id,
                file=workspace,
            )
        )
    if save_refused is not None and result.rejects:
        refused_rows_writer().write(save_refused, result.rejects)
        say(tr("Saved {file}.", file=save_refused))
    return WITH_REJECTS if document["rejected"] else DONE


def _imported(
    context: Context, kind: str, file: Path, *, dry_run: bool, said: dict[str, Any]
) -> "BoundaryImport | RosterResult":
    """What an import did, or with `dry_run` would do."""
    options = boundary_options_of(said, kind=kind)
    if kind == "boundaries":
        refuse_if_said(said, kind=kind)
        return imported_boundaries(context, file, dry_run=dry_run, options=options)
    result = imported_roster(context, kind, file, dry_run=dry_run, said=said)
    if left := result.ignored_columns:
        say(tr("Columns not taken over: {columns}.", columns=", ".join(left)))
    return result


@commands.command()
@_workspace
@_json
def imports(workspace: Path, as_json: bool) -> int:
    """可以撤销的导入 / the imports that stand, newest first."""
    from landsteward.app.import_batches import import_batches

    with opened(workspace, writing=False) as context:
        found = import_batches(context)
    if as_json:
        put(
            [
                {
                    "batch": one.id,
                    "kind": one.kind,
                    "file": one.file_name,
                    "at": one.imported_at,
                    "rows": one.rows,
                    "created": one.created,
                    "updated": one.updated,
                    "unchanged": one.unchanged,
                    "rejected": one.rejected,
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        at = one.imported_at.isoformat(" ", "minutes")
        click.echo(f"{one.id}\t{at}\t{one.kind}\t{one.file_name}\t{one.rows}")
    say(tr("{count} imports.", count=len(found)))
    return DONE


@commands.command("undo-import")
@click.argument("batch")
@_workspace
@_json
def undo_import_(batch: str, workspace: Path, as_json: bool) -> int:
    """整批撤销一次导入 / take an import back whole, as long as nothing was built on it."""
    from landsteward.app.import_batches import undo_import

    with opened(workspace, writing=True) as context:
        done = undo_import(context, batch_id=batch)
    if as_json:
        put({"batch": batch, "removed": done.removed, "restored": done.restored})
    say(
        tr(
            "Taken back: {file}. {removed} records removed, {restored} as they were before.",
            file=done.batch.file_name,
            removed=done.removed,
            restored=done.restored,
        )
    )
    return DONE


@commands.command()
@_workspace
@_on
@_json
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


@commands.command()
@_workspace
@_json
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


@commands.command()
@click.argument("case_no")
@_workspace
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path))
@_on
def dossier(case_no: str, workspace: Path, output: Path, on: datetime | None) -> int:
    """案卷 PDF / the dossier of a case as PDF."""
    from landsteward.app.archiving import archived_dossier
    from landsteward.app.cases import case_by_number
    from landsteward.app.dossier_assembly import assemble_dossier
    from landsteward.bootstrap import build_dossier_pdf

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        case = case_by_number(context, case_no=case_no)
        if kept := archived_dossier(context, case=case):
            content = kept[1]
        else:
            view = assemble_dossier(context, case_id=case.id, on=context.today())
            content = build_dossier_pdf(view)
    write_whole(output, content)
    if kept:
        say(
            tr(
                "The case is archived: its dossier of {day} is kept as it was.",
                day=kept[0].issued_on,
            )
        )
    say(tr("Saved {file}.", file=output))
    return DONE


def refuse_same_file(output: Path, workspace: Path) -> None:
    """Nothing is ever written over the workspace it comes from."""
    if output.exists() and workspace.exists() and output.samefile(workspace):
        raise WorkspaceError(
            msg("This is the workspace itself; it was not touched."),
            where=str(output),
            remedy=msg("Choose another name for the file."),
        )


@commands.command()
@_workspace
@_json
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


@commands.command()
@_workspace
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path))
def backup(workspace: Path, output: Path) -> int:
    """备份工作区 / a consistent copy of the workspace."""
    with opened(workspace, writing=False) as context:
        context.workspace.backup(str(output))
    say(tr("Saved {file}.", file=output))
    return DONE


@commands.command()
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path))
def tour(output: Path) -> int:
    """走一遍示例案件并截图 / drives the window through a sample case, one picture a page."""
    from landsteward.bootstrap import run_tour

    return run_tour(output)
