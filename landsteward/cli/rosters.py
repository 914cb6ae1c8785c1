"""Options of the command line by which rosters are imported, and what they mean."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from landsteward.app.context import Context
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind

if TYPE_CHECKING:
    from landsteward.app.rosters import RosterResult

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--known",
        type=click.Choice([mode.value for mode in Mode]),
        default=Mode.UPDATE.value,
        show_default=True,
        help="已在册且不同的记录怎么办 / what becomes of records that are known and differ",
    ),
    click.option(
        "--decide",
        "decisions",
        multiple=True,
        metavar="ROW=update|skip",
        help="--known ask 时逐行决定，可重复 / a decision for one row, repeatable",
    ),
    click.option("--sheet", help="工作表名 / name of the sheet"),
    click.option("--header-row", type=int, help="表头所在行号 / row number of the header"),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="N=FIELD[:UNIT[:YEAR]]",
        help="第 N 列 (从 1 数) 是哪个字段，可重复；FIELD 空则不导入 / "
        "which field column N (from 1) holds, repeatable; empty: not imported",
    ),
    click.option("--year", type=int, help="表中未写明的年份 / the year where the sheet says none"),
    click.option(
        "--keep-code",
        "codes",
        multiple=True,
        metavar="CODE=REASON",
        help="校验不过仍保留的信用代码及原因，可重复 / a credit code to keep though it fails its "
        "check, and why, repeatable",
    ),
)


def roster_options(command: F) -> F:
    """A command with the options for rosters; they arrive in its `**said`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def imported_roster(
    ctx: Context, kind: str, file: Path, *, dry_run: bool, said: dict[str, Any]
) -> "RosterResult":
    """What an import of a roster did, or with `dry_run` would do."""
    from landsteward.app.rosters import import_roster, plan_roster_import
    from landsteward.bootstrap import roster_reader

    work = plan_roster_import if dry_run else import_roster
    return work(
        ctx,
        path=file,
        kind=RosterKind(kind),
        reader=roster_reader(),
        correction=_correction(said),
        options=_options(said),
    )


def _correction(said: dict[str, Any]) -> Correction:
    """What the options correct in how a sheet is read."""
    return Correction(
        sheet=said["sheet"],
        header_row=said["header_row"],
        columns=dict(_column(text) for text in said["columns"]),
        year=said["year"],
    )


def _options(said: dict[str, Any]) -> Options:
    """How the options want an import to be done."""
    return Options(
        mode=Mode(said["known"]),
        decisions=dict(_decision(text) for text in said["decisions"]),
        keep_codes=dict(_pairs(said["codes"], "--keep-code")),
    )


def refuse_if_said(said: dict[str, Any], *, kind: str) -> None:
    """Options of rosters mean nothing for other kinds of sheets: better refused than ignored."""
    given = [name for name, value in said.items() if value and value != Mode.UPDATE.value]
    if given:
        raise click.UsageError(f"{', '.join(given)}: 不用于 / not for {kind}")


def _column(text: str) -> tuple[int, ColumnChoice]:
    number, _, rest = text.partition("=")
    field, unit, year = (*rest.split(":"), "", "")[:3]
    if not number.isdigit() or int(number) < 1 or (year and not year.isdigit()):
        raise click.BadParameter(text, param_hint="--column")
    choice = ColumnChoice(field=field, unit=unit or None, year=int(year) if year else None)
    return int(number) - 1, choice


def _decision(text: str) -> tuple[int, Decision]:
    row, _, decision = text.partition("=")
    if not row.isdigit() or decision not in list(Decision):
        raise click.BadParameter(text, param_hint="--decide")
    return int(row), Decision(decision)


def _pairs(texts: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = [text.partition("=") for text in texts]
    for key, _, value in pairs:
        if not key.strip() or not value.strip():
            raise click.BadParameter(f"{key}={value}", param_hint=option)
    return [(key, value) for key, _, value in pairs]
