"""A pack's files read, checked, edited with their comments kept, and written."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from landsteward.app.pack_files import FieldShape, PackMistake, Texts
from landsteward.domain.errors import InputFileError, RulePackError, WorkspaceError
from landsteward.domain.pack_places import Place, Tables, is_entries, name_of, named, number_of
from landsteward.domain.text import Message, msg
from landsteward.packs.folder import PARTS, PackFolder
from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import PackMistakesError
from landsteward.packs.shapes import fields_at
from landsteward.packs.source import RULES, Packs

if TYPE_CHECKING:
    from landsteward.domain.pack_versions import PackEdit
    from landsteward.domain.rulepack import RulePack

_LARGEST = 2_000_000
"""No file of a pack comes near it; what is larger is none."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a .zip, so that the same pack is the same bytes."""


class PackFilesOnDisk:
    """The port `landsteward.app.pack_files.PackFiles`."""

    def __init__(self, directory: Path = RULES) -> None:
        self._shipped = Packs(directory)

    def default(self) -> tuple[str, str]:
        """Key and version of the pack that came with the program. Raises RulePackError."""
        pack = self._shipped.current()
        return pack.key, pack.version

    def shipped(self, key: str, version: str) -> Texts:
        """The files of a pack that came with the program. Raises RulePackError."""
        return _decoded(_in_folder(self._shipped.folder(key, version)))

    def completed(self, texts: Texts) -> Texts:
        """With the files that the program has learnt to read since they were written."""
        known = self.shipped(*self.default())
        return {name: text for name, text in known.items() if "/" not in name} | dict(texts)

    def load(self, texts: Texts, *, name: str = "") -> RulePack:
        """The pack of these files. Raises RulePackError with all mistakes."""
        return load_pack(_encoded(texts), name=name)

    def mistakes(self, texts: Texts) -> tuple[PackMistake, ...]:
        """Everything that is wrong with these files."""
        try:
            load_pack(_encoded(texts))
        except PackMistakesError as error:
            tables = self.tables(texts)
            return tuple(
                PackMistake(
                    file=one.file,
                    place=named(tables.get(one.file, {}), one.path),
                    line=one.line,
                    reason=one.reason,
                )
                for one in error.mistakes
            )
        return ()

    def tables(self, texts: Texts) -> Tables:
        """The files as plain tables; one that cannot be read is left out."""
        read = {name: _tables(text) for name, text in texts.items()}
        return {name: table for name, table in read.items() if table is not None}

    def remarks(self, texts: Texts) -> Mapping[tuple[str, Place], str]:
        """What stands behind values as comments, by file and place."""
        return {
            (name, place): remark
            for name, text in texts.items()
            for place, remark in _remarks(text).items()
        }

    def fields(self, file: str, place: Place) -> tuple[FieldShape, ...]:
        """Which fields the table at a place may have; none where the program does not know it."""
        return fields_at(file, place)

    def edited(self, texts: Texts, edits: Iterable[PackEdit]) -> Texts:
        """The files with these values in place; comments and order stay."""
        import tomlkit

        found = dict(texts)
        documents: dict[str, Any] = {}
        for edit in edits:
            if edit.file not in documents:
                documents[edit.file] = tomlkit.parse(found.get(edit.file, ""))
            _apply(documents[edit.file], edit)
        for name, document in documents.items():
            found[name] = tomlkit.dumps(document)
        return found

    def literal(self, value: Any) -> str:
        """A value as TOML writes it."""
        import tomlkit

        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, Mapping):
            inside = ", ".join(f"{name} = {self.literal(one)}" for name, one in value.items())
            return f"{{ {inside} }}"
        if isinstance(value, list | tuple):
            return f"[{', '.join(self.literal(one) for one in value)}]"
        written: str = tomlkit.item(value).as_string()
        return written

    def value(self, literal: str) -> Any:
        """What is written so."""
        return tomllib.loads(f"value = {literal}", parse_float=Decimal)["value"]

    def taken_from(self, path: Path) -> Texts:
        """The files of a folder or a .zip. Raises InputFileError."""
        try:
            found = _in_folder(path) if path.is_dir() else _in_archive(path)
        except FileNotFoundError as error:
            raise _unreadable(path, msg("there is no such file")) from error
        except OSError as error:
            raise _unreadable(path, msg("{reason}", reason=error.strerror)) from error
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise _unreadable(path, msg("it is no .zip, or a damaged one")) from error
        if "pack.toml" not in found:
            raise _unreadable(path, msg("there is no pack.toml in it"))
        try:
            return _decoded(found)
        except UnicodeDecodeError as error:
            raise _unreadable(path, msg("a file in it is not UTF-8 text")) from error

    def write(self, texts: Texts, path: Path) -> None:
        """Write them into a new folder or, by its name, a .zip. Raises WorkspaceError."""
        try:
            if path.suffix.lower() == ".zip":
                _write_archive(texts, path)
            else:
                path.mkdir()
                for name, text in texts.items():
                    target = path / name
                    target.parent.mkdir(exist_ok=True)
                    target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise WorkspaceError(
                msg("The pack cannot be written: {reason}.", reason=error.strerror or str(error)),
                where=str(path),
                remedy=msg("Choose another place and a name that is not taken."),
            ) from error


@lru_cache(maxsize=200)
def _tables(text: str) -> Mapping[str, Any] | None:
    """The tables of a file; the same text is read once."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return None


@lru_cache(maxsize=200)
def _remarks(text: str) -> Mapping[Place, str]:
    """The comments behind the values of a file, by their places."""
    import tomlkit

    found: dict[Place, str] = {}

    def look(value: Any, place: Place) -> None:
        trivia = getattr(value, "trivia", None)
        if trivia is not None and place and trivia.comment:
            found[place] = trivia.comment.lstrip("# ").strip()
        if isinstance(value, Mapping):
            for name in value:
                look(value[name], (*place, str(name)))
        elif is_entries(value):
            for at, one in enumerate(value):
                look(one, (*place, name_of(one, at)))

    look(tomlkit.parse(text), ())
    return found


def _apply(document: Any, edit: PackEdit) -> None:
    """Put one value into a parsed document, or take it out."""
    import tomlkit

    table = document
    *way, last = edit.place
    for name in way:
        if is_entries(table):
            at = number_of(table, name)
            if at is None:
                raise _astray(edit)
            table = table[at]
        else:
            if name not in table:
                table[name] = tomlkit.aot() if name == way[0] and len(edit.place) == 2 else {}
            table = table[name]
    value = None if edit.new is None else tomlkit.value(edit.new)
    if isinstance(table, list):
        _apply_entry(table, last, value)
    elif value is not None:
        table[last] = value
    elif last in table:
        del table[last]


def _apply_entry(entries: Any, name: str, value: Any) -> None:
    """Add, replace or remove an entry of a list of tables."""
    import tomlkit

    at = number_of(entries, name) if len(entries) else None
    if value is None:
        if at is not None:
            del entries[at]
        return
    entry: Any = value
    if isinstance(entries, tomlkit.items.AoT):
        entry = tomlkit.table()
        for key, one in value.items():
            entry[key] = one
        entry.add(tomlkit.nl())
    if at is None:
        entries.append(entry)
    else:
        entries[at] = entry


def _astray(edit: PackEdit) -> RulePackError:
    return RulePackError(
        msg("What was to be changed is no longer in the pack."),
        where=f"{edit.file} {' › '.join(edit.place)}",
        remedy=msg("Take this change back, and look at the pack again."),
    )


def _in_folder(folder: Path) -> dict[str, bytes]:
    source = PackFolder(folder)
    return {name: source.read(name) for part in PARTS for name in source.names(part)}


def _in_archive(path: Path) -> dict[str, bytes]:
    """The files of a pack in an archive: at its top, or in the one folder around them."""
    with zipfile.ZipFile(path) as archive:
        heads = [one for one in archive.namelist() if PurePosixPath(one).name == "pack.toml"]
        top = min((str(PurePosixPath(one).parent) for one in heads), key=len, default=".")
        found: dict[str, bytes] = {}
        for one in archive.infolist():
            inside = PurePosixPath(one.filename)
            if one.is_dir() or not inside.is_relative_to(top) or inside.suffix != ".toml":
                continue
            name = str(inside.relative_to(top))
            if f"{PurePosixPath(name).parent}/".replace("./", "") not in PARTS:
                continue
            if one.file_size > _LARGEST:
                raise _unreadable(path, msg("{name} is too large for a rule pack", name=name))
            found[name] = archive.read(one)
        return found


def _write_archive(texts: Texts, path: Path) -> None:
    with path.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(texts):
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), texts[name])


def _decoded(found: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode("utf-8-sig") for name, content in found.items()}


def _encoded(texts: Texts) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}


def _unreadable(path: Path, reason: Message) -> InputFileError:
    return InputFileError(
        msg("This is no rule pack: {reason}.", reason=reason),
        where=str(path),
        remedy=msg("Choose a folder with pack.toml in it, or a .zip of one."),
    )
