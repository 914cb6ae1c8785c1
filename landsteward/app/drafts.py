"""What was typed into a form that is not sent off yet: kept in the workspace, so nothing is lost.

Forms whose fields are no record of their own until a button is pressed (a follow-up entry, a
request for closure …) keep their fields here as they are left, and drop them once sent.
"""

import json
from collections.abc import Mapping

from landsteward.app.context import Context


def keep_draft(ctx: Context, *, case_id: str, form: str, fields: Mapping[str, str]) -> None:
    """Keep what a form of a case holds so far; empty fields are forgotten."""
    held = {name: text for name, text in fields.items() if text}
    with ctx.change():
        ctx.workspace.set_setting(_key(case_id, form), json.dumps(held, ensure_ascii=False))


def draft_of(ctx: Context, *, case_id: str, form: str) -> dict[str, str]:
    """What the form held when it was left, by field; empty where there is nothing."""
    held = ctx.workspace.setting(_key(case_id, form))
    return dict(json.loads(held)) if held else {}


def drop_draft(ctx: Context, *, case_id: str, form: str) -> None:
    """Forget a draft, because the form was sent off."""
    if ctx.workspace.setting(_key(case_id, form)) not in (None, "{}"):
        keep_draft(ctx, case_id=case_id, form=form, fields={})


def _key(case_id: str, form: str) -> str:
    return f"draft/{case_id}/{form}"
