"""Where time, keys and rule packs come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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
