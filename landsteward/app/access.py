"""Who sees what in a workspace, as it was settled there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from landsteward.domain.permissions import Action
from landsteward.domain.sight import Access, Restricted
from landsteward.domain.states import Role

if TYPE_CHECKING:
    from landsteward.app.context import Context
    from landsteward.app.ports.workspace import Workspace

_SETTING = "access"


def access_of(workspace: Workspace) -> Access:
    """What was settled; nothing special where nobody did."""
    kept = workspace.setting(_SETTING)
    if kept is None:
        return Access()
    said = json.loads(kept)
    return Access(
        all_carriers=said["all_carriers"],
        grace_days=said["grace_days"],
        masked=frozenset((Role(role), Restricted(kind)) for role, kind in said["masked"]),
    )


def set_access(ctx: Context, *, access: Access) -> None:
    """Settle who sees what from now on."""
    ctx.require(Action.SET_ACCESS)
    said = {
        "all_carriers": access.all_carriers,
        "grace_days": access.grace_days,
        "masked": sorted([role.value, kind.value] for role, kind in access.masked),
    }
    with ctx.change():
        ctx.workspace.set_setting(_SETTING, json.dumps(said))


def set_masked(ctx: Context, *, role: Role, kind: Restricted, masked: bool) -> Access:
    """Mask a kind of values for a role, or show them again."""
    before = access_of(ctx.workspace)
    one = frozenset({(role, kind)})
    access = replace(before, masked=before.masked | one if masked else before.masked - one)
    set_access(ctx, access=access)
    return access
