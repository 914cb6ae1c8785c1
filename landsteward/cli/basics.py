"""What the commands have in common: options, words for the person, an open workspace."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from landsteward.app.language import tr
from landsteward.domain.errors import KnownError, WorkspaceError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.context import Context
    from landsteward.domain.exports import Exported

DONE, WITH_REJECTS, REFUSED, BUG = 0, 1, 2, 3

_AS = "landsteward.as"
_file_option = click.option(
    "--workspace",
    "-w",
    required=True,
    type=click.Path(path_type=Path),
    help="工作区文件 (*.lsw) / workspace file",
)


def _note_person(context: click.Context, _option: click.Parameter, name: str | None) -> None:
    context.meta[_AS] = name


_person_option = click.option(
    "--as",
    "as_",
    metavar="NAME",
    expose_value=False,
    callback=_note_person,
    help="以工作区内此人的身份，只见其可见 / as this person of the workspace: what they may see",
)


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The workspace a command works on, and in whose name."""
    return _file_option(_person_option(command))


json_option = click.option(
    "--json", "as_json", is_flag=True, help="只输出一份 JSON / one JSON document"
)
on_option = click.option(
    "--on",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="以这一天为准 (默认今天) / as of this day (default: today)",
)
output_option = click.option("--output", "-o", required=True, type=click.Path(path_type=Path))


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
def opened(path: Path, *, on: date | None = None, writing: bool) -> "Iterator[Context]":
    """A context on the workspace; for reading only, nothing is locked and nobody is introduced."""
    from landsteward import bootstrap
    from landsteward.app.people import person_named

    clock = bootstrap.AsOfClock(on) if on is not None else bootstrap.SystemClock()
    workspace = bootstrap.open_workspace(path, read_only=not writing)
    try:
        line = click.get_current_context(silent=True)
        if line is not None and (name := line.meta.get(_AS)):
            actor = person_named(workspace, name=name)
        elif writing:
            actor = bootstrap.command_line_actor(workspace, clock=clock, ids=bootstrap.system_ids())
        else:
            actor = bootstrap.unintroduced_user()
        yield bootstrap.make_context(workspace, actor=actor, clock=clock)
    finally:
        workspace.close()


def noted(
    workspace: Path, file: Path, *, kind: "Exported", title: str, rows: int | None = None
) -> None:
    """What was just written goes into the log of exports; where it cannot, that is said."""
    from landsteward.app.exports import note_export

    try:
        with opened(workspace, writing=True) as context:
            note_export(context, kind=kind, title=title, file_name=file.name, rows=rows)
    except KnownError as error:
        say(tr("{file} was written, but not noted: {reason}", file=file.name, reason=error.what))


def refuse_same_file(output: Path, workspace: Path) -> None:
    """Nothing is ever written over the workspace it comes from."""
    if output.exists() and workspace.exists() and output.samefile(workspace):
        raise WorkspaceError(
            msg("This is the workspace itself; it was not touched."),
            where=str(output),
            remedy=msg("Choose another name for the file."),
        )
