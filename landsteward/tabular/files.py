"""Files of tables: told by their content, not by their ending, and read whole.

Everything that is not a table ends in an `InputFileError` that says what it is and what to do.
"""

import hashlib
import re
import struct
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.tabular.delimited import Prefer, read_delimited
from landsteward.tabular.grid import Grid
from landsteward.tabular.workbooks import read_workbook

LARGEST_FILE = 100 * 1024 * 1024
_MEGABYTE = 1024 * 1024

_SAVE_AS_XLSX = msg("Open it in a spreadsheet program, save it as .xlsx, and import that file.")
_CHECK_FILE = msg("Check that it is the file you mean; fetch it again if it came over a network.")

# An old workbook's first record, then perhaps one that forbids writing, then the password's.
_FILE_PASS = re.compile(
    rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0[\x06-\xff]\0", re.DOTALL
)

_CONTAINER_HEADER = 512
_FREE_SECTOR = 0xFFFFFFFF

_NEW_WORKBOOK = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# First bytes of files that people hand in by mistake.
_FOREIGN = (
    (b"%PDF", msg("This is a PDF, not a table.")),
    (b"\x89PNG", msg("This is a picture, not a table.")),
    (b"\xff\xd8\xff", msg("This is a picture, not a table.")),
    (b"GIF8", msg("This is a picture, not a table.")),
    (b"Rar!", msg("This is an archive: unpack it and import the table inside.")),
    (b"7z\xbc\xaf", msg("This is an archive: unpack it and import the table inside.")),
    (b"\x1f\x8b", msg("This is an archive: unpack it and import the table inside.")),
    (b"SQLite format 3", msg("This is a database or a workspace, not a table.")),
    (b"{\\rtf", msg("This is a text document, not a table.")),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body|div|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"\s*(?:MIME-Version|From: <Saved by|Content-Type: multipart)", re.I)
_XML = re.compile(rb"\s*<(?:\?xml|Workbook\b|ss:Workbook\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A file's bytes and what is kept of them: name and SHA-256 (hex)."""

    path: Path
    content: bytes
    sha256: str


def load(path: Path, *, largest: int = LARGEST_FILE) -> FileContent:
    """Read a file whole, unless it is missing, no file, empty or larger than `largest` bytes."""
    try:
        if path.is_dir():
            raise _refused(
                path, msg("This is a folder, not a file."), msg("Choose the file in it.")
            )
        size = path.stat().st_size
        if size > largest:
            raise _refused(
                path,
                msg(
                    "The file is too large: {size} MB, at most {limit} MB are read.",
                    size=-(-size // _MEGABYTE),
                    limit=largest // _MEGABYTE,
                ),
                msg("Split it, for example by month, and import the parts one after another."),
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(
            path, msg("There is no such file."), msg("Check its name and place.")
        ) from None
    except (OSError, ValueError) as error:
        raise _refused(
            path,
            msg("The file cannot be read: {reason}.", reason=getattr(error, "strerror", error)),
            msg("Close it in other programs and check that you may read it."),
        ) from None
    if not content.strip(b"\0\t\r\n\x0b\x0c ") or content in (b"\xef\xbb\xbf", b"\xff\xfe"):
        raise _refused(path, msg("The file is empty."), _CHECK_FILE)
    return FileContent(path=path, content=content, sha256=hashlib.sha256(content).hexdigest())


def is_workbook(file: FileContent) -> bool:
    """Whether the content begins like a workbook's, old or new; what it is, reading tells."""
    return file.content.startswith((*_NEW_WORKBOOK, _OLD_WORKBOOK))


def read_grids(file: FileContent, prefer: Prefer, *, enough: int) -> list[Grid]:
    """The sheets of a file, the visible ones first.

    `prefer` says how well some first rows look like what is wanted; it decides by which sign a
    text's columns are parted. A text with more than `enough` rows is read no further.
    """
    content, path = file.content, file.path
    head = content[:4096]
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise _refused(path, what, _CHECK_FILE)
    if head.startswith(_NEW_WORKBOOK):
        _require_workbook(path, content)
        return read_workbook(path, content)
    if head.startswith(_OLD_WORKBOOK):
        _require_spreadsheet(path, content)
        return read_workbook(path, content)
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if _MARKUP.match(plain) or _WEB_ARCHIVE.match(plain) or _looks_like_web_xml(plain):
        raise _refused(path, msg("This is a web page that was saved as a table."), _SAVE_AS_XLSX)
    if _XML.match(plain):
        raise _refused(
            path, msg("This is an XML file, not a sheet that can be read."), _SAVE_AS_XLSX
        )
    return read_delimited(path, _decoded(path, content), prefer, enough=enough)


def _looks_like_web_xml(head: bytes) -> bool:
    return bool(_XML.match(head)) and b"<html" in head.lower()


def _refused(path: Path, what: Message, remedy: Message) -> InputFileError:
    return InputFileError(what, where=str(path), remedy=remedy)


def _require_workbook(path: Path, content: bytes) -> None:
    """Refuse a zip that is no .xlsx, or that unpacks to more than a machine should hold."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.NameToInfo
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise _refused(path, msg("The workbook is damaged."), _CHECK_FILE) from None
    if "xl/workbook.xml" not in names:
        what = (
            msg("This is a text document, not a table.")
            if "word/document.xml" in names
            else msg("This is an archive, or a workbook of a kind that is not read.")
        )
        raise _refused(path, what, _SAVE_AS_XLSX)
    if unpacked > 16 * LARGEST_FILE:
        raise _refused(
            path,
            msg("The workbook unpacks to {size} MB: too much.", size=unpacked // _MEGABYTE),
            msg("Split it, for example by month, and import the parts one after another."),
        )


def _require_spreadsheet(path: Path, content: bytes) -> None:
    """Refuse a container of the old Office that holds no workbook, or an encrypted one."""
    if "EncryptedPackage".encode("utf-16-le") in content or _FILE_PASS.search(content):
        raise _encrypted(path)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book", "WORKBOOK")):
        if _is_cut_off(content):
            raise _refused(
                path, msg("This old Office file is damaged: its end is missing."), _CHECK_FILE
            )
        raise _refused(path, msg("This is an old Office file, but no workbook."), _SAVE_AS_XLSX)


def _is_cut_off(content: bytes) -> bool:
    """Whether an old Office container ends before the last sector that its own table allots.

    Layout of header and sector table: [MS-CFB] 2.2 and 2.3.
    """
    if len(content) < _CONTAINER_HEADER:
        return True
    size = 1 << min(int.from_bytes(content[30:32], "little"), 12)
    count = min(int.from_bytes(content[44:48], "little"), 109)
    last = 0
    for at, number in enumerate(struct.unpack_from(f"<{count}I", content, 76)):
        start = (number + 1) * size
        if start + size > len(content):
            return True
        sectors = struct.unpack_from(f"<{size // 4}I", content, start)
        used = (place for place, following in enumerate(sectors) if following != _FREE_SECTOR)
        last = max(last, max(used, default=0) + at * len(sectors))
    return (last + 1) * size >= len(content)


def _encrypted(path: Path) -> InputFileError:
    """The refusal of a workbook that asks for a password."""
    return _refused(
        path,
        msg("The workbook is protected by a password."),
        msg("Open it with the password, save it without one, and import that file."),
    )


def _decoded(path: Path, content: bytes) -> str:
    """A text's characters: UTF-16 by its mark, then UTF-8, then GB18030 (which contains GBK)."""
    encodings = ["utf-8", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    # The mark of UTF-8 also stands in front of GBK, where a tool joined or re-encoded files.
    content = content.removeprefix(b"\xef\xbb\xbf")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise _refused(
        path, msg("This is neither a workbook nor a text that can be read."), _SAVE_AS_XLSX
    )


# A stray control character is cleaned out of its cell later; these mean it is no text at all.
_NOT_TEXT = re.compile("\0|[\x01-\x08\x0e-\x1a\x1c-\x1f]{2}")
