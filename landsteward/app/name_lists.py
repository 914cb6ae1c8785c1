"""A list of names and credit codes, pasted or from a sheet: which enterprises it means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.domain.identifiers import compact, name_key

_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
_PARTED = re.compile(r"[\t,，;；|]")
_WORDY = re.compile(r"[^\W\d_]")
_HEADERS = frozenset(
    name_key(word)
    for word in (
        "企业名称",
        "名称",
        "单位名称",
        "统一社会信用代码",
        "信用代码",
        "序号",
        "Name",
        "Code",
    )
)
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """A line that leads to no one enterprise: as it was written, with its number from 1.

    `meant` are what the enterprises are called that bear the name; empty: none does.
    """

    number: int
    text: str
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """What a list means: enterprises in its order, lines that name one again, and what is left."""

    enterprise_ids: tuple[str, ...]
    repeated: int
    unmatched: tuple[ListedLine, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    code: str
    keys: tuple[str, ...]


def rows_of(text: str) -> list[list[str]]:
    """The lines of a pasted text as cells: parted by tabs, commas, semicolons or bars."""
    return [_PARTED.split(line) for line in text.splitlines()]


def kept_list(ctx: Context, *, kept_as: str) -> str:
    """The list that was being written for a campaign or contract; empty where there is none."""
    return ctx.workspace.setting(f"names/{kept_as}") or ""


def keep_list(ctx: Context, *, kept_as: str, text: str) -> None:
    """Keep the list that is being written under a key, so that nothing is lost."""
    if text != kept_list(ctx, kept_as=kept_as):
        with ctx.change():
            ctx.workspace.set_setting(f"names/{kept_as}", text)


def match_names(ctx: Context, *, rows: Iterable[Sequence[str]]) -> NameList:
    """Find the enterprise of every line, by its credit code, otherwise by a cell that is a name.

    Blank lines, numbers and a line of headers are passed over.
    """
    lines = list(_lines(rows))
    found: dict[str, None] = {}
    repeated = 0
    unmatched: list[ListedLine] = []
    for start in range(0, len(lines), _AT_ONCE):
        block = lines[start : start + _AT_ONCE]
        codes = [one.code for one in block if one.code]
        keys = list(dict.fromkeys(key for one in block for key in one.keys))
        by_code = ctx.workspace.rosters.enterprises_by_code(codes) if codes else {}
        by_name = ctx.workspace.reports.enterprises_by_name_key(keys) if keys else {}
        for one in block:
            if one.code in by_code:
                meant = [by_code[one.code]]
            else:
                meant = next((by_name[key] for key in one.keys if by_name.get(key)), [])
            if len(meant) != 1:
                names = tuple(f"{other.name} {other.uscc or ''}".strip() for other in meant)
                unmatched.append(ListedLine(number=one.number, text=one.text, meant=names))
            elif meant[0].id in found:
                repeated += 1
            else:
                found[meant[0].id] = None
    return NameList(enterprise_ids=tuple(found), repeated=repeated, unmatched=tuple(unmatched))


def _lines(rows: Iterable[Sequence[str]]) -> Iterable[_Line]:
    for number, cells in enumerate(rows, start=1):
        filled = [cell.strip() for cell in cells if cell.strip()]
        code, names = "", []
        for cell in filled:
            plain = compact(cell).upper()
            if not code and (seen := _CODE.search(plain)):
                code = seen.group()
                cell = plain[: seen.start()] + plain[seen.end() :]
            if _WORDY.search(cell):
                names.append(name_key(cell))
        if not code and not names:
            continue
        if names and _HEADERS.issuperset(names):
            continue
        yield _Line(number, " ".join(filled), code, tuple(names))
