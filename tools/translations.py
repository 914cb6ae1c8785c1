"""Catalogues of what the program says: `python -m tools.translations [update | check | clean]`.

Source strings are the English first arguments of `tr(...)` and `msg(...)`. `update` brings each
area's `resources/translations/zh_CN/<area>.po` up to date and compiles all of them into one
`zh_CN.mo`; what is translated stays translated. `check` changes nothing and fails where a string
lacks its Chinese. `clean` is an update that also forgets translations of strings that are gone.
"""

import ast
import io
import os
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "zh_CN"
MARKERS = ("tr", "msg")
# The first folder a file lies in decides its area; the rest of `landsteward` is the command line.
AREAS = {
    "landsteward/domain": "domain",
    "landsteward/app": "app",
    "db": "db",
    "landsteward/tabular": "tabular",
    "landsteward/dossier": "dossier",
    "landsteward/exchange": "exchange",
    "landsteward/packs": "packs",
    "landsteward/pictures": "pictures",
    "ui": "ui",
    "landsteward": "cli",
}


class UnreadableError(Exception):
    """A source or catalogue that cannot be read: nothing may be written on its word."""


class PlainCatalog(Catalog):
    """A catalogue whose header holds nothing that changes from run to run."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Only what readers of .po and .mo files need."""
        return [("Language", LOCALE), ("Content-Type", "text/plain; charset=utf-8")]


@dataclass
class Area:
    """One catalogue: the strings its sources hold now, each with the files that hold it."""

    name: str
    sources: dict[str, set[str]] = field(default_factory=dict)


def area_of(file: Path) -> str:
    """The area of a source file, given relative to the project's folder."""
    return next(area for folder, area in AREAS.items() if file.is_relative_to(folder))


def strings_of(file: Path) -> Iterator[str]:
    """The source strings in one Python file, in no particular order."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    except SyntaxError as error:
        raise UnreadableError(f"{file}:{error.lineno}: {error.msg}") from error
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name not in MARKERS:
            continue
        match node.args:
            case [ast.Constant(value=str(text)), *_]:
                yield text
            case _:
                raise UnreadableError(
                    f"{file}:{node.lineno}: the first argument of {name}() must be a plain string"
                )


def extract(root: Path) -> dict[str, Area]:
    """Every area with the strings that its sources hold."""
    areas = {name: Area(name) for name in AREAS.values()}
    for top in ("landsteward", "ui", "db"):
        for file in sorted((root / top).rglob("*.py")):
            relative = file.relative_to(root)
            for text in filter(None, strings_of(file)):
                holders = areas[area_of(relative)].sources.setdefault(text, set())
                holders.add(relative.as_posix())
    return areas


def folder_of(root: Path) -> Path:
    """Where the areas' .po files are."""
    return root / "resources" / "translations" / LOCALE


def read_catalogues(root: Path) -> dict[str, Catalog]:
    """The .po files as they are on disk; an area without one gives an empty catalogue."""
    catalogues = {}
    for name in AREAS.values():
        path = folder_of(root) / f"{name}.po"
        if path.exists():
            try:
                content = io.BytesIO(path.read_bytes())
                catalogues[name] = read_po(content, locale=LOCALE, abort_invalid=True)
            except PoFileError as error:
                raise UnreadableError(f"{path}: {error}") from error
        else:
            catalogues[name] = Catalog(locale=LOCALE)
    return catalogues


def translations(messages: Iterable[Message]) -> dict[str, Message]:
    """Messages with a Chinese string, by their English one."""
    return {str(message.id): message for message in messages if message.id and message.string}


def merge(area: Area, old: Catalog, elsewhere: Mapping[str, Message]) -> PlainCatalog:
    """The area's catalogue of today's strings with every translation that is known.

    A string new here takes over the wording of another area; one that is gone goes to the end of
    the file, where it waits for its return or for `clean`.
    """
    known = {**elsewhere, **translations(old.obsolete.values()), **translations(old)}
    new = PlainCatalog(locale=LOCALE)
    for text in sorted(area.sources):
        message = known.get(text)
        own = old.get(text)
        new.add(
            text,
            message.string if message else "",
            locations=[(file, 0) for file in sorted(area.sources[text])],
            flags=["fuzzy"] if message and message.fuzzy else [],
            user_comments=own.user_comments if own else [],
        )
    gone = {**translations(old.obsolete.values()), **translations(old)}
    for text in sorted(gone.keys() - area.sources.keys()):
        new.obsolete[text] = gone[text]
    return new


def po_bytes(catalogue: Catalog) -> bytes:
    """A .po file without dates and line numbers, which would change with every run."""
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers)
    body = io.BytesIO()
    write_po(body, catalogue, width=98, omit_header=True, include_lineno=False)
    return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + body.getvalue()


def mo_bytes(catalogues: Iterable[Catalog]) -> bytes:
    """All areas in one .mo file; the same translations give the same bytes."""
    everything = PlainCatalog(locale=LOCALE)
    for catalogue in catalogues:
        for text, message in sorted(translations(catalogue).items()):
            everything.add(text, message.string, flags=message.flags)
    out = io.BytesIO()
    write_mo(out, everything)
    return out.getvalue()


def write(path: Path, content: bytes) -> None:
    """Replace a file in one step, if it changes at all: others may be reading it."""
    if path.exists() and path.read_bytes() == content:
        return
    with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)


def update(root: Path, *, clean: bool = False) -> None:
    """Bring all catalogues up to date with the sources and compile them."""
    areas = extract(root)
    folder_of(root).mkdir(parents=True, exist_ok=True)
    with FileLock(folder_of(root).with_suffix(".lock")):
        old = read_catalogues(root)
        everywhere = {
            text: message for each in old.values() for text, message in translations(each).items()
        }
        new = {name: merge(area, old[name], everywhere) for name, area in areas.items()}
        for name, catalogue in new.items():
            if clean:
                catalogue.obsolete.clear()
            if len(catalogue) or catalogue.obsolete or (folder_of(root) / f"{name}.po").exists():
                write(folder_of(root) / f"{name}.po", po_bytes(catalogue))
        write(folder_of(root).with_suffix(".mo"), mo_bytes(new.values()))


def placeholders(text: str) -> set[str]:
    """Names of the values that go into a string; ValueError where its braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wording_fault(text: str, message: Message | None) -> str | None:
    """What is wrong with one string's Chinese, in words; None if nothing."""
    if message is None:
        return "not in the catalogue: run an update"
    if not message.string:
        return "not translated"
    if message.fuzzy:
        return "marked fuzzy: read it again"
    try:
        wanted, given = placeholders(text), placeholders(str(message.string))
    except ValueError as error:
        return f"braces do not match ({error})"
    if wanted != given:
        return f"values differ: {sorted(wanted)} in English, {sorted(given)} in Chinese"
    return None


def faults(root: Path) -> list[str]:
    """Everything that keeps the Chinese from being complete, one line each."""
    areas, catalogues = extract(root), read_catalogues(root)
    found: list[str] = []
    first_wording: dict[str, tuple[str, str]] = {}
    for name, area in areas.items():
        for text in sorted(area.sources):
            message = catalogues[name].get(text)
            fault = wording_fault(text, message)
            if fault:
                found.append(f"{name}.po: {text!r}: {fault}")
                continue
            chinese = str(message.string) if message else ""
            where, other = first_wording.setdefault(text, (name, chinese))
            if other != chinese:
                found.append(f"{name}.po: {text!r}: {chinese!r} here, {other!r} in {where}.po")
        kept = {str(message.id) for message in catalogues[name] if message.id}
        gone = kept - area.sources.keys() | {str(text) for text in catalogues[name].obsolete}
        found += [f"{name}.po: {text!r}: no longer in the sources: clean" for text in sorted(gone)]
    compiled = folder_of(root).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalogues.values()):
        found.append(f"{compiled.name}: not compiled from these catalogues: run an update")
    return found


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what the first argument says; 0 done, 1 faults found, 2 not understood."""
    action = arguments[0] if arguments else "update"
    if len(arguments) > 1 or action not in ("update", "check", "clean"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        if action != "check":
            update(root, clean=action == "clean")
            return 0
        found = faults(root)
    except UnreadableError as error:
        found = [str(error)]
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
