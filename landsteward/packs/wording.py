"""The texts of the papers, held against those that came with the program.

The program fills its texts in by names in braces: a text may leave a name out, but not invent one.
One that is left out altogether is the program's own, so that a pack made before a paper was
learnt can still print it.
"""

import string
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from landsteward.domain.text import msg
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import Mistake
from landsteward.packs.reading import PackFile

_SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "rules" / "bozhou-2023"


def read_wording(file: PackFile) -> dict[str, str]:
    """Texts by `<section>.<key>`; what the program does not know or cannot fill in is noted."""
    known = _shipped()
    found = dict(known)
    for path, text in _texts(file, known).items():
        key = ".".join(path)
        if key not in known:
            file.wrong(path, msg("the program has no such text"))
            continue
        names = placeholders(text)
        if names is None:
            file.wrong(path, msg("a brace is open or closed that has no partner"))
        else:
            for name in sorted(names - (placeholders(known[key]) or frozenset())):
                file.wrong(path, msg("nothing is filled in for {name}", name="{" + name + "}"))
        found[key] = text
    return found


def placeholders(text: str) -> frozenset[str] | None:
    """The names in braces; None where the braces do not match."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names: set[str] = set()
    for _text, name, style, conversion in parts:
        if name is not None:
            names.add(name + (f"!{conversion}" if conversion else "") + (f":{style}" * bool(style)))
    return frozenset(names)


def _texts(file: PackFile, known: Collection[str]) -> dict[tuple[str, ...], str]:
    """What stands in a file. A table where a text belongs, or one of nothing known, is noted."""
    found: dict[tuple[str, ...], str] = {}
    sections = {one.rpartition(".")[0] for one in known}

    def take(table: Mapping[str, object], path: tuple[str, ...]) -> None:
        for name, value in table.items():
            if isinstance(value, dict):
                key = ".".join((*path, name))
                if key in known:
                    file.wrong((*path, name), msg("a text is expected"))
                elif known and key not in sections:
                    file.wrong((*path, name), msg("the program has no such text"))
                else:
                    take(value, (*path, name))
            elif isinstance(value, str):
                found[(*path, name)] = value
            else:
                file.wrong((*path, name), msg("a text is expected"))

    take(file.content, ())
    return found


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    """The texts that came with the program."""
    mistakes: list[Mistake] = []
    file = PackFile(PackFolder(_SHIPPED), "wording.toml", mistakes)
    return {".".join(path): text for path, text in _texts(file, ()).items()}
