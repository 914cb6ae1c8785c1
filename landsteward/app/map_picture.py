"""A picture of the map for papers: what is written on it, and the file it goes into."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from landsteward.app.context import Context
from landsteward.app.files import write_whole

_MARK = "map/mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCaptions:
    """What stands on a picture beside the map: who made it when, and its mark (密级), if any."""

    organisation: str
    on: date
    mark: str


def picture_captions(ctx: Context) -> PictureCaptions:
    """The words for a picture made now; the mark is the one that was used last here."""
    maker = ctx.workspace.organisations.find(ctx.actor.organisation_id)
    return PictureCaptions(
        organisation=maker.name if maker is not None else "",
        on=ctx.today(),
        mark=ctx.workspace.setting(_MARK) or "",
    )


def keep_mark(ctx: Context, *, mark: str) -> None:
    """Remember the mark that pictures of this workspace bear."""
    if mark != (ctx.workspace.setting(_MARK) or ""):
        with ctx.change():
            ctx.workspace.set_setting(_MARK, mark)


def save_picture(content: bytes, *, path: Path) -> None:
    """Write a picture whole or not at all. Raises WorkspaceError."""
    write_whole(path, content)
