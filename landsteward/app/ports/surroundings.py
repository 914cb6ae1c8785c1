"""Where time, keys and rule packs come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.codes import CodeLists
    from landsteward.domain.rulepack import RulePack


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """This moment, with its offset from UTC."""
        ...

    def today(self) -> date:
        """This calendar day where the user is."""
        ...


class IdSource(Protocol):
    """Where keys come from."""

    def new(self) -> str:
        """A key nobody else has."""
        ...


class PackSource(Protocol):
    """Where rule packs come from."""

    def current(self) -> RulePack:
        """The pack new work is done with."""
        ...

    def get(self, key: str, version: str) -> RulePack:
        """The pack a piece of work was done with. Raises RulePackError where it is not there."""
        ...

    def codes(self) -> CodeLists:
        """The code lists that every workspace shares."""
        ...


class PackShelf(PackSource, Protocol):
    """Rule packs of whichever workspace is open. Any thread may ask for one."""

    def follow(self, workspace: Workspace) -> None:
        """Take note of what is published in a workspace; on the thread it belongs to."""
        ...
