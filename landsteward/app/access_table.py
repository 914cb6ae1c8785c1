"""The table of roles as people read it: who may what and why, who sees whom, what is masked."""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.domain.permissions import GRANTS, Action, Sees, may
from landsteward.domain.sight import Access, Restricted, seen_by
from landsteward.domain.states import Role
from landsteward.domain.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action, who may do it, why just they, and the item of the plan (empty: own choice)."""

    action: Action
    roles: tuple[Role, ...]
    why: Message
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTable:
    """Rows of actions; of whom each role sees anything here; what is masked for whom."""

    actions: tuple[ActionRow, ...]
    sees: dict[Role, Sees]
    access: Access

    def masked(self, role: Role, kind: Restricted) -> bool:
        """Whether a kind of values is masked for a role."""
        return (role, kind) in self.access.masked


def access_table(ctx: Context) -> AccessTable:
    """The table as it holds in this workspace."""
    return AccessTable(
        actions=tuple(
            ActionRow(
                action=action,
                roles=tuple(role for role in Role if may(role, action)),
                why=grant.why,
                source=grant.source,
            )
            for action, grant in GRANTS.items()
        ),
        sees={role: seen_by(role, ctx.access) for role in Role},
        access=ctx.access,
    )
