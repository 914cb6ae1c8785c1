"""Named views of a list: what is shown of it, in which order, with which columns.

They are kept in the workspace: what a county looks for again and again (grade D with something
overdue) is everybody's, and the carriers it names are the workspace's own.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from landsteward.app.context import Context
from landsteward.app.views import Facet, Sort
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.text import msg

_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A view by its name. `columns` is the arrangement as the table hands it out."""

    name: str
    text: str = ""
    chosen: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort
    columns: str = ""


def views_of(ctx: Context, *, of: str) -> list[SavedView]:
    """The views of a list, by name."""
    kept = ctx.workspace.setting(_key(of))
    return [_view(one) for one in json.loads(kept)] if kept else []


def save_view(ctx: Context, *, of: str, view: SavedView) -> SavedView:
    """Keep a view under its name; one of that name is replaced."""
    named = replace(view, name=_name(view.name))
    others = [one for one in views_of(ctx, of=of) if one.name != named.name]
    _keep(ctx, of, [*others, named])
    return named


def rename_view(ctx: Context, *, of: str, name: str, to: str) -> None:
    """Call a view otherwise. Raises RefusedMoveError where the other name is taken."""
    wanted = _name(to)
    views = views_of(ctx, of=of)
    if wanted != name and any(one.name == wanted for one in views):
        raise RefusedMoveError(msg("There is a view named {name} already.", name=wanted))
    _keep(ctx, of, [replace(one, name=wanted) if one.name == name else one for one in views])


def delete_view(ctx: Context, *, of: str, name: str) -> None:
    """Forget a view; the trail still has it."""
    _keep(ctx, of, [one for one in views_of(ctx, of=of) if one.name != name])


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise KnownError(msg("A view needs a name."))
    if len(name) > _LONGEST:
        raise KnownError(
            msg("The name of a view has at most {most} characters.", most=_LONGEST), where=name
        )
    return name


def _key(of: str) -> str:
    return f"views/{of}"


def _keep(ctx: Context, of: str, views: Iterable[SavedView]) -> None:
    ordered = sorted(views, key=lambda one: one.name)
    text = json.dumps([_plain(one) for one in ordered], ensure_ascii=False)
    with ctx.change():
        ctx.workspace.set_setting(_key(of), text)


def _plain(view: SavedView) -> dict[str, object]:
    return {
        "name": view.name,
        "text": view.text,
        "chosen": {facet.value: list(values) for facet, values in view.chosen.items()},
        "sort": [view.sort.column, view.sort.descending],
        "columns": view.columns,
    }


def _view(kept: dict[str, object]) -> SavedView:
    chosen, sort = kept["chosen"], kept["sort"]
    assert isinstance(chosen, dict)
    assert isinstance(sort, list)
    return SavedView(
        name=str(kept["name"]),
        text=str(kept["text"]),
        chosen={Facet(facet): tuple(values) for facet, values in chosen.items()},
        sort=Sort(column=sort[0], descending=sort[1]),
        columns=str(kept["columns"]),
    )
