"""Taking things out of the workspace: who may, and the log of it."""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.domain.exports import Exported, ExportNote
from landsteward.domain.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """A line of the log, with the names of whoever took it along and of their organisation."""

    note: ExportNote
    person: str
    organisation: str


def may_export(ctx: Context) -> None:
    """Refuse who may not take anything along. Asked before a file is written."""
    ctx.require(Action.EXPORT)


def note_export(
    ctx: Context, *, kind: Exported, title: str, file_name: str, rows: int | None = None
) -> ExportNote:
    """Note what was just written to a file, and whether values were masked in it."""
    ctx.require(Action.EXPORT)
    note = ExportNote(
        id=ctx.ids.new(),
        at=ctx.clock.now(),
        person_id=ctx.actor.id,
        kind=kind,
        title=title,
        file_name=file_name,
        rows=rows,
        masked=bool(ctx.sight.masked),
    )
    with ctx.change():
        ctx.workspace.export_notes.add(note)
    return note


def export_log(ctx: Context) -> list[ExportLine]:
    """Everything that was taken along, the latest first."""
    ctx.require(Action.READ_EXPORT_LOG)
    space = ctx.workspace
    organisations = {one.id: one.name for one in space.organisations.where()}
    people = {one.id: one for one in space.people.where()}
    return [
        ExportLine(
            note=note,
            person=people[note.person_id].name,
            organisation=organisations[people[note.person_id].organisation_id],
        )
        for note in reversed(space.export_notes.where())
    ]
