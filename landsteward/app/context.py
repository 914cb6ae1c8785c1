"""What every use case is handed: the open workspace, who acts, the clock, keys and rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action, may
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.ports.surroundings import Clock, IdSource, PackSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.organisations import Organisation, Person
    from landsteward.domain.rulepack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One person at work in one workspace."""

    workspace: Workspace
    actor: Person
    clock: Clock
    ids: IdSource
    packs: PackSource

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction in this person's name: all of it is kept, or nothing."""
        with self.workspace.transaction(actor_id=self.actor.id, at=self.clock.now()):
            yield

    def require(self, action: Action) -> None:
        """Refuse what the actor's role may not do."""
        if not may(self.actor.role, action):
            raise RefusedMoveError(
                msg("Your role does not allow this step."),
                where=self.actor.name,
                remedy=msg("Ask a colleague whose role does, or switch the person in use."),
            )

    def organisation(self) -> Organisation:
        """The actor's organisation."""
        return self.workspace.organisations.get(self.actor.organisation_id)

    def pack(self) -> RulePack:
        """The rule pack new work is done with."""
        return self.packs.current()

    def today(self) -> date:
        """The day it is for this person."""
        return self.clock.today()

    def as_person(self, person: Person) -> Context:
        """The same workspace in another person's hands."""
        return replace(self, actor=person)
