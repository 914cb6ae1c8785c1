"""Commands that bring sheets and boundary files in, and take imports back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.cli.basics import (
    DONE,
    WITH_REJECTS,
    json_option,
    on_option,
    opened,
    put,
    refuse_same_file,
    say,
    workspace_option,
)
from landsteward.cli.boundaries import (
    boundary_options,
    boundary_options_of,
    imported_boundaries,
)
from landsteward.cli.rosters import imported_roster, refuse_if_said, roster_options

if TYPE_CHECKING:
    from landsteward.app.boundaries import BoundaryImport
    from landsteward.app.rosters import RosterResult


@click.command("import")
@click.argument(
    "kind", type=click.Choice(["land-supply", "enterprises", "parcels", "metrics", "boundaries"])
)
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
@click.option("--dry-run", is_flag=True, help="只试算，不写入 / count only, write nothing")
@click.option(
    "--save-refused",
    type=click.Path(path_type=Path),
    help="被拒的行另存为 .xlsx / the refused rows as .xlsx, to mend and import again",
)
@roster_options
@boundary_options
@on_option
@json_option
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


@click.command()
@workspace_option
@json_option
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


@click.command("undo-import")
@click.argument("batch")
@workspace_option
@json_option
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
