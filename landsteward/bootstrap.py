"""Composition root: the only module that wires the window, storage and adapters together."""

import getpass
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from db.workspace import create_workspace, open_workspace
from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierView
from landsteward.app.land_supply_table import SupplyReader
from landsteward.app.language import tr
from landsteward.app.people import introduce
from landsteward.app.ports import Clock, IdSource, PackSource, Workspace
from landsteward.domain.ids import Uuid7Source
from landsteward.domain.organisations import OrganisationKind, Person, Role
from landsteward.packs import Packs

RESOURCES = Path(__file__).resolve().parents[1] / "resources"


class SystemClock:
    """This machine's clock and time zone."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The calendar day where the user is."""
        return self.now().date()


@dataclass
class ShiftedClock:
    """The system's clock, moved to another day: what `--on DATE` asks for."""

    day: date
    _shift: timedelta = field(init=False)

    def __post_init__(self) -> None:
        self._shift = self.day - SystemClock().today()

    def now(self) -> datetime:
        """This time of day on the day asked about."""
        return SystemClock().now() + self._shift

    def today(self) -> date:
        """The day asked about."""
        return self.day


def system_ids() -> IdSource:
    """Keys from this machine's clock and its cryptographic random source."""
    return Uuid7Source(lambda: time.time_ns() // 1_000_000, random.SystemRandom().getrandbits)


def bundled_packs() -> PackSource:
    """The rule packs that came with the program."""
    return Packs(RESOURCES / "rules")


def passing_reader() -> Person:
    """Somebody who only reads a workspace and leaves no trace in it."""
    return Person(id="", organisation_id="", name=getpass.getuser(), role=Role.ADMINISTRATOR)


def command_line_actor(workspace: Workspace, *, clock: Clock, ids: IdSource) -> Person:
    """Who acts when there is no window: this machine's user, at the command line."""
    return introduce(
        workspace,
        clock=clock,
        ids=ids,
        name=getpass.getuser(),
        role=Role.ADMINISTRATOR,
        organisation_name=tr("Command line"),
        organisation_kind=OrganisationKind.OTHER,
    )


def make_context(workspace: Workspace, *, actor: Person, clock: Clock | None = None) -> Context:
    """Everything a use case needs, on this machine."""
    return Context(
        workspace=workspace,
        actor=actor,
        clock=clock or SystemClock(),
        ids=system_ids(),
        packs=bundled_packs(),
    )


def sheet_reader() -> SupplyReader:
    """What reads land-supply sheets; pandas is loaded with it, so only when there is one."""
    from landsteward.tabular.land_supply import LandSupplySheets

    return LandSupplySheets()


def build_dossier_pdf(view: DossierView, *, on_page: Callable[[int], None] | None = None) -> bytes:
    """The dossier as PDF with the bundled fonts; reportlab is loaded when there is one to build."""
    from landsteward.dossier.build import build_dossier

    return build_dossier(view, fonts=RESOURCES / "fonts", on_page=on_page)


__all__ = ["create_workspace", "open_workspace"]
