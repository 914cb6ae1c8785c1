"""Imports that were begun and not yet done: what a person said of a file, kept in the workspace.

Nothing of it is lost when the page is left, the language changed or the program closed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_layouts import read_columns, written_columns
from landsteward.app.rosters_plan import USUAL, Decision, Mode, Options
from landsteward.app.rosters_table import AS_FOUND, Correction, RosterKind
from landsteward.domain.permissions import Action

_BEGUN = "import.begun"
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunImport:
    """A file, what it is taken for, and how it is to be imported.

    `sha256` is that of the content which `options` were said of, "" as long as nothing was.
    """

    path: Path
    kind: RosterKind
    correction: Correction = AS_FOUND
    options: Options = USUAL
    sha256: str = ""


def keep_begun(ctx: Context, *, begun: BegunImport) -> None:
    """Keep what was said so far; of very many imports begun the oldest are forgotten."""
    ctx.require(Action.IMPORT)
    path = str(begun.path)
    paths = _paths(ctx)
    with ctx.change():
        if path not in paths:
            for gone in paths[_MOST - 1 :]:
                ctx.workspace.set_setting(_key(gone), "")
            _keep_paths(ctx, [path, *paths[: _MOST - 1]])
        entry = {**_written(begun), "at": ctx.clock.now().isoformat()}
        ctx.workspace.set_setting(_key(path), json.dumps(entry, ensure_ascii=False))


def begun_imports(ctx: Context) -> list[tuple[BegunImport, datetime]]:
    """The imports begun, each with when it was last worked on; the one begun last first."""
    known = {kind.value for kind in RosterKind}
    found = [json.loads(ctx.workspace.setting(_key(path)) or "{}") for path in _paths(ctx)]
    return [
        (_read(one), datetime.fromisoformat(one["at"])) for one in found if one.get("kind") in known
    ]


def begun_import(ctx: Context, *, path: Path) -> BegunImport | None:
    """What was said of this file, None where nothing was."""
    return next((one for one, _at in begun_imports(ctx) if one.path == path), None)


def drop_begun(ctx: Context, *, path: Path) -> None:
    """Forget it, because it was done or is not wanted."""
    ctx.require(Action.IMPORT)
    paths = _paths(ctx)
    if str(path) in paths:
        with ctx.change():
            ctx.workspace.set_setting(_key(str(path)), "")
            _keep_paths(ctx, [one for one in paths if one != str(path)])


def _paths(ctx: Context) -> list[str]:
    text = ctx.workspace.setting(_BEGUN)
    return json.loads(text) if text else []


def _keep_paths(ctx: Context, paths: list[str]) -> None:
    ctx.workspace.set_setting(_BEGUN, json.dumps(paths, ensure_ascii=False))


def _key(path: str) -> str:
    return f"{_BEGUN}/{path}"


def _written(begun: BegunImport) -> dict[str, Any]:
    correction, options = begun.correction, begun.options
    return {
        "path": str(begun.path),
        "kind": begun.kind.value,
        "sheet": correction.sheet,
        "header_row": correction.header_row,
        "year": correction.year,
        "columns": written_columns(correction.columns),
        "mode": options.mode.value,
        "decisions": {str(row): one.value for row, one in options.decisions.items()},
        "keep_codes": dict(options.keep_codes),
        "sha256": begun.sha256,
    }


def _read(entry: Mapping[str, Any]) -> BegunImport:
    return BegunImport(
        path=Path(entry["path"]),
        kind=RosterKind(entry["kind"]),
        correction=Correction(
            sheet=entry["sheet"],
            header_row=entry["header_row"],
            columns=read_columns(entry["columns"]),
            year=entry["year"],
        ),
        options=Options(
            mode=Mode(entry["mode"]),
            decisions={int(row): Decision(one) for row, one in entry["decisions"].items()},
            keep_codes=entry["keep_codes"],
        ),
        sha256=entry["sha256"],
    )
