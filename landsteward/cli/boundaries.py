"""Boundary files at the command line: which parcel they are for, and what is done with them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.boundaries import BoundaryImport

F = TypeVar("F", bound=Callable[..., Any])
KIND = "boundaries"

_OPTIONS = (
    click.option(
        "--parcel",
        help="界址给哪一宗地：不动产单元代码、电子监管号或名称 / the parcel the one plot is for",
    ),
    click.option(
        "--new-parcels",
        is_flag=True,
        help="登记册里没有的地块新建宗地 / make parcels of plots that are not on record",
    ),
)


@dataclass(frozen=True, slots=True)
class BoundaryOptions:
    """The parcel the file is for, and whether parcels are made."""

    parcel: str | None
    new_parcels: bool


def boundary_options(command: F) -> F:
    """A command with the options for boundaries; they arrive in its `**said`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def boundary_options_of(said: dict[str, Any], *, kind: str) -> BoundaryOptions:
    """Take these options out of all that were given; refused where they mean nothing."""
    options = BoundaryOptions(said.pop("parcel"), said.pop("new_parcels"))
    if kind != KIND and (options.parcel or options.new_parcels):
        raise click.UsageError(f"--parcel, --new-parcels: 不用于 / not for {kind}")
    return options


def imported_boundaries(
    ctx: Context, file: Path, *, dry_run: bool, options: BoundaryOptions
) -> "BoundaryImport":
    """What an import of a boundary file did, or with `dry_run` would do."""
    from landsteward.app.boundaries import import_boundaries, plan_boundary_import
    from landsteward.bootstrap import boundary_files

    work = plan_boundary_import if dry_run else import_boundaries
    return work(
        ctx,
        path=file,
        files=boundary_files(),
        parcel_id=_parcel(ctx, options.parcel) if options.parcel else None,
        new_parcels=options.new_parcels,
    )


def _parcel(ctx: Context, said: str) -> str:
    """The key of the one parcel of that number or name."""
    from landsteward.app.boundaries_file import ParcelMark

    for mark in ParcelMark:
        found = ctx.workspace.boundary_search.parcels(mark, [said.strip()]).get(said.strip(), [])
        if len(found) == 1:
            return found[0].id
        if found:
            raise KnownError(
                msg("{count} parcels are called so.", count=len(found)),
                where=said,
                remedy=msg("Name it by its unit code or supervision number."),
            )
    raise KnownError(
        msg("There is no such parcel on record."),
        where=said,
        remedy=msg("Look it up in the list of parcels."),
    )
