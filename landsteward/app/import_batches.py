"""Imports as a whole: which there were, and taking one back."""

from dataclasses import dataclass
from datetime import datetime

from landsteward.app.context import Context
from landsteward.app.importing import ReportProgress
from landsteward.app.imports_taken_back import note_taken_back, taken_back
from landsteward.app.language import render
from landsteward.app.views import BuiltOn
from landsteward.domain.documents import ImportBatch
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.text import Message, msg

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What taking an import back did: records marked as deleted, and records given back."""

    batch: ImportBatch
    removed: int
    restored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """An import, and the name of whoever did it; where it was taken back, when and by whom."""

    batch: ImportBatch
    by: str
    taken_back_at: datetime | None = None
    taken_back_by: str = ""


def import_batches(ctx: Context) -> list[ImportBatch]:
    """The imports that stand, newest first."""
    return list(reversed(ctx.workspace.import_batches.where()))


def import_records(ctx: Context) -> list[ImportRecord]:
    """All imports, also those that were taken back, newest first."""
    names = {one.id: one.name for one in ctx.workspace.people.where()}
    standing = [
        ImportRecord(batch=one, by=names.get(one.imported_by, "")) for one in import_batches(ctx)
    ]
    withdrawn = [
        ImportRecord(
            batch=one.batch,
            by=names.get(one.batch.imported_by, ""),
            taken_back_at=one.at,
            taken_back_by=names.get(one.by, ""),
        )
        for one in taken_back(ctx)
    ]
    return sorted(standing + withdrawn, key=lambda one: one.batch.imported_at, reverse=True)


def imports_of_file(ctx: Context, *, sha256: str) -> list[ImportRecord]:
    """The imports of this very content that stand, newest first."""
    return [
        one
        for one in import_records(ctx)
        if one.batch.sha256 == sha256 and one.taken_back_at is None
    ]


def import_record(ctx: Context, *, batch_id: str) -> ImportRecord:
    """One import. Raises RecordNotFoundError where there is none."""
    found = next((one for one in import_records(ctx) if one.batch.id == batch_id), None)
    if found is None:
        raise _no_such(batch_id)
    return found


def obstacles_to_undo(ctx: Context, *, batch_id: str) -> list[Message]:
    """Why an import cannot be taken back, some of the reasons; none: it can."""
    found = ctx.workspace.batches.built_on(batch_id, most=_MOST_NAMED)
    return [_in_words(one) for one in found]


def undo_import(
    ctx: Context, *, batch_id: str, progress: ReportProgress | None = None
) -> TakenBack:
    """Take an import back whole: what it added is marked as deleted, what it changed gets back the
    values it had. The same file can be imported again afterwards.

    Refused, with what it is named, where anything of it was changed later or something that came
    otherwise rests on it. `progress` may raise to stop: then everything stays as it was.
    """
    ctx.require(Action.TAKE_BACK_IMPORT)
    batch = _standing(ctx, batch_id)
    with ctx.change():
        if obstacles := obstacles_to_undo(ctx, batch_id=batch_id):
            raise RefusedMoveError(
                msg("Something has been built on this import; nothing was taken back."),
                where="\n".join([batch.file_name, *map(render, obstacles)]),
                remedy=msg(
                    "Take that back first, or correct the records one by one in the register."
                ),
            )
        removed, restored = ctx.workspace.batches.take_back(batch_id, progress)
        note_taken_back(ctx, batch=batch)
    return TakenBack(batch=batch, removed=removed, restored=restored)


def _standing(ctx: Context, batch_id: str) -> ImportBatch:
    batch = ctx.workspace.import_batches.find(batch_id)
    if batch is None:
        raise _no_such(batch_id)
    return batch


def _no_such(batch_id: str) -> RecordNotFoundError:
    return RecordNotFoundError(
        msg("There is no such import in the workspace, or it was taken back already."),
        where=batch_id,
        remedy=msg("Look up the imports that can be taken back."),
    )


def _in_words(one: BuiltOn) -> Message:
    match one.by_table:
        case "":
            return msg("{name} was changed after the import.", name=one.name)
        case "cases":
            return msg("{name} has the case {case}.", name=one.name, case=one.by_name)
        case "yearly_metrics":
            return msg("{name} has figures of {year}.", name=one.name, year=one.by_name)
        case "supply_contracts" | "output_contracts" | "construction_progress":
            return msg("{name} has contracts or progress recorded since.", name=one.name)
        case "occupancies":
            return msg("{name} has land or users recorded since.", name=one.name)
        case _:
            return msg(
                "{name} is used by what came later: {other}.", name=one.name, other=one.by_name
            )
