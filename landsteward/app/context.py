"""What every use case is handed: the open workspace, who acts, the clock, keys and rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from landsteward.app.access import access_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permission_words import roles_in_words
from landsteward.domain.permissions import Action, may
from landsteward.domain.sight import EVERYTHING, sight_of
from landsteward.domain.states import Role
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.ports.surroundings import Clock, IdSource, PackSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.organisations import Organisation, Person
    from landsteward.domain.rulepack import RulePack
    from landsteward.domain.sight import Access, Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One person at work in one workspace."""

    file: Workspace
    actor: Person
    clock: Clock
    ids: IdSource
    packs: PackSource
    over_all: bool = False
    access: Access = field(init=False)

    def __post_init__(self) -> None:
        """Who sees what is settled in the workspace."""
        object.__setattr__(self, "access", access_of(self.file))

    @property
    def sight(self) -> Sight:
        """What the actor sees now."""
        return EVERYTHING if self.over_all else sight_of(self.actor, self.access, self.today())

    @property
    def workspace(self) -> Workspace:
        """The open workspace, as far as the actor sees it."""
        self.file.look_as(self.sight)
        return self.file

    def reckoning(self) -> Context:
        """The same person with the whole before them: for what is right only over all (matching,
        ranking). Nothing that is only seen so may be handed out.
        """
        return replace(self, over_all=True)

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
                remedy=msg(
                    "This is for: {roles}. Ask one of them, or switch the person in use.",
                    roles=roles_in_words(action),
                ),
            )

    @property
    def carrier_id(self) -> str | None:
        """The carrier whose officer acts, None where it is nobody's."""
        return self.actor.organisation_id if self.actor.role is Role.CARRIER_OFFICER else None

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
