"""Commands on rule packs: looking a pack's folder over."""

from pathlib import Path

import click

from landsteward.app.language import render, tr
from landsteward.cli.basics import DONE, WITH_REJECTS, json_option, put, say
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg


@click.group()
def rules() -> None:
    """规则包 / rule packs."""


@rules.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def check(folder: Path, as_json: bool) -> int:
    """检查规则包，逐条指出错误 / looks a pack over and names every mistake."""
    from landsteward.packs.loading import load_pack
    from landsteward.packs.mistakes import Mistake, PackMistakesError

    if not folder.is_dir():
        raise InputFileError(
            msg("There is no such folder."),
            where=str(folder),
            remedy=msg("Name the folder with pack.toml in it."),
        )
    found: tuple[Mistake, ...] = ()
    try:
        pack = load_pack(folder)
    except PackMistakesError as error:
        found = error.mistakes
    if as_json:
        put(
            {
                "ok": not found,
                "mistakes": [
                    {
                        "file": one.file,
                        "line": one.line,
                        "key": one.key or None,
                        "reason": render(one.reason),
                    }
                    for one in found
                ],
            }
        )
    for one in found:
        say(tr("{place}: {reason}", place=one.place, reason=render(one.reason)))
    if found:
        say(tr("{count} mistakes in {folder}.", count=len(found), folder=folder))
        return WITH_REJECTS
    say(
        tr(
            "In order: {pack} {version}, {items} checklist items, {rules} automatic rules.",
            pack=pack.key,
            version=pack.version,
            items=len(pack.items),
            rules=len(pack.rules),
        )
    )
    return DONE
