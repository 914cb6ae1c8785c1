"""Which imports were taken back, when and by whom.

An import that is taken back is marked as deleted with everything it added, and the stores leave
out what is marked: what people still want to see of it is noted here.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from landsteward.app.context import Context
from landsteward.domain.documents import ImportBatch

_SETTING = "import.taken_back"
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An import that was taken back; `by` is the key of whoever did."""

    batch: ImportBatch
    at: datetime
    by: str


def note_taken_back(ctx: Context, *, batch: ImportBatch) -> None:
    """Note that an import is taken back, in the transaction that does it."""
    entry = {**asdict(batch), "imported_at": batch.imported_at.isoformat()}
    noted = {"batch": entry, "at": ctx.clock.now().isoformat(), "by": ctx.actor.id}
    text = json.dumps([noted, *_noted(ctx)][:_MOST], ensure_ascii=False)
    ctx.workspace.set_setting(_SETTING, text)


def taken_back(ctx: Context) -> list[Withdrawn]:
    """The imports that were taken back, the latest first."""
    return [
        Withdrawn(
            batch=ImportBatch(
                **{
                    **one["batch"],
                    "imported_at": datetime.fromisoformat(one["batch"]["imported_at"]),
                }
            ),
            at=datetime.fromisoformat(one["at"]),
            by=one["by"],
        )
        for one in _noted(ctx)
    ]


def _noted(ctx: Context) -> list[dict[str, Any]]:
    text = ctx.workspace.setting(_SETTING)
    return json.loads(text) if text else []
