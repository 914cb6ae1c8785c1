"""Rosters of whatever content: sheet → workspace → sheet → workspace comes out the same, and of
damaged sheets every row is accounted for.
"""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.context import Context
from landsteward.app.importing import Outcome
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import add_enterprise
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import name_key
from landsteward.domain.register import Scale
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import METRICS, PARCELS, RosterDesk, code, unit_code
from tests.helpers.sheets import HEADER as SUPPLY
from tests.helpers.sheets import supply, write_text, write_xlsx

ENTERPRISES = (
    "企业名称",
    "信用代码",
    "行业名称",
    "规模",
    "区县",
    "地址",
    "法人",
    "联系人",
    "电话",
    "备注",
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


# Text a person may type; what means "none" in a sheet would not come back.
words = st.text(
    st.sampled_from("示例甲乙丙丁一二三路号=+-@（）()ABCxyz0123456789·，,|\"' "),
    min_size=1,
    max_size=12,
).map(lambda text: f"示{' '.join(text.split())}例")
maybe = st.one_of(st.just(""), words)


def exact(most: int) -> st.SearchStrategy[str]:
    """Figures with up to four decimals, as text; sometimes nothing."""
    figures = st.integers(1, most * 10_000).map(lambda n: f"{Decimal(n) / 10_000:f}")
    return st.one_of(st.just(""), figures)


enterprises = st.lists(
    st.tuples(
        words,
        st.one_of(st.just(""), st.integers(1, 999_999).map(code)),
        maybe,
        st.sampled_from(["", "规上", "规下"]),
        maybe,
        maybe,
        maybe,
        maybe,
        maybe,
        maybe,
    ),
    min_size=1,
    max_size=8,
    unique_by=(lambda row: name_key(row[0]), lambda row: row[1] or row[0]),
)
parcels = st.lists(
    st.tuples(
        words,
        st.one_of(st.just(""), st.integers(1, 99_999).map(unit_code)),
        st.just(""),
        maybe,
        exact(60),
        maybe,
        st.just(""),
    ),
    min_size=1,
    max_size=8,
    unique_by=(lambda row: name_key(row[0]), lambda row: row[1] or row[0]),
)
figures = st.lists(
    st.tuples(
        st.sampled_from(["甲公司", "乙公司"]),
        st.just(""),
        st.integers(2015, 2025),
        exact(10**6),
        exact(10**6),
        st.integers(1, 900).map(str),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: (row[0], row[2]),
)


def _enterprises(ctx: Context) -> list[tuple[Any, ...]]:
    scales = {None: "", Scale.ABOVE: "规上", Scale.BELOW: "规下"}
    found = [one for one in ctx.workspace.enterprises.where() if one.batch_id]
    return [
        (
            one.name,
            one.uscc or "",
            one.industry_name,
            scales[one.scale],
            one.district,
            one.address,
            one.legal_representative,
            one.contact,
            one.phone,
            one.note,
        )
        for one in found
    ]


def _parcels(ctx: Context) -> list[tuple[Any, ...]]:
    return [
        (
            one.name,
            one.unit_code or "",
            "",
            one.location,
            "" if one.area_m2 is None else f"{one.area_m2 / 10_000:f}",
            one.land_use,
            "",
        )
        for one in ctx.workspace.parcels.where()
        if one.batch_id
    ]


def _figures(ctx: Context) -> list[tuple[Any, ...]]:
    names = {one.id: one.name for one in ctx.workspace.enterprises.where()}
    return [
        (
            names[one.enterprise_id],
            "",
            one.year,
            "" if one.tax_wan is None else f"{one.tax_wan:f}",
            "" if one.revenue_wan is None else f"{one.revenue_wan:f}",
            "" if one.land_area_m2 is None else f"{one.land_area_m2 * 15 / 10_000:.4f}",
        )
        for one in ctx.workspace.yearly_metrics.where()
    ]


def _open(folder: Path) -> Office:
    folder.mkdir()
    office = open_office(folder)
    for name in ("甲公司", "乙公司"):
        add_enterprise(office.carrier, name=name)
    return office


@pytest.mark.parametrize(
    ("kind", "header", "rows_of", "kept"),
    [
        (RosterKind.ENTERPRISES, ENTERPRISES, enterprises, _enterprises),
        (RosterKind.PARCELS, PARCELS, parcels, _parcels),
        (RosterKind.METRICS, METRICS, figures, _figures),
    ],
)
def test_from_sheet_to_workspace_to_sheet_to_workspace(
    tmp_path_factory: pytest.TempPathFactory,
    kind: RosterKind,
    header: tuple[str, ...],
    rows_of: st.SearchStrategy[list[tuple[Any, ...]]],
    kept: Callable[[Context], list[tuple[Any, ...]]],
) -> None:
    @settings(
        deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(rows=rows_of)
    def check(rows: list[tuple[Any, ...]]) -> None:
        folder = tmp_path_factory.mktemp("trip")
        first, second = _open(folder / "1"), _open(folder / "2")
        try:
            desk = RosterDesk(first.carrier, folder)
            result = desk.take(kind, desk.sheet(header, rows))
            assert {row.outcome for row in result.outcomes} == {Outcome.CREATED}
            once = kept(first.carrier)
            out = write_xlsx(folder / "out.xlsx", once, header=header)
            RosterDesk(second.carrier, folder).take(kind, out)
            assert sorted(kept(second.carrier)) == sorted(once)
            again = desk.take(kind, out)
            assert {row.outcome for row in again.outcomes} == {Outcome.UNCHANGED}
        finally:
            first.workspace.close()
            second.workspace.close()

    check()


# --- damage ---------------------------------------------------------------------------------

_ODD_CELLS = (
    *(
        "",
        " ",
        "\u3000",
        "\xa0",
        "-",
        "无",
        "Nah",
        "#REF!",
        "很多",
        "1.2.3",
        "１２３",
        "1,234.5万元",
    ),
    *("3公顷", "-7", "1e400", "９９" * 30, "1901-01-02", "2023年", "二〇二三年", "=1+1", "合计"),
    *("\ufeff", "\x00x", "企业名称", "911101085513850820", code(1), unit_code(1), "甲\n乙"),
    *('"', "|", "True", "NaN"),
)


def _good(kind: RosterKind, dice: random.Random) -> list[list[str]]:
    count = dice.randrange(1, 8)
    if kind is RosterKind.ENTERPRISES:
        body = [
            [
                f"第{n}虚构公司",
                code(n),
                "食品",
                "规上",
                "甲县",
                f"{n}路",
                "张",
                "李",
                f"0558-{n}",
                "",
            ]
            for n in range(count)
        ]
        return [list(ENTERPRISES), *body]
    if kind is RosterKind.PARCELS:
        return [
            list(PARCELS),
            *([f"{n}号", unit_code(n + 1), "", f"{n}路", "2.5", "工业", ""] for n in range(count)),
        ]
    if kind is RosterKind.LAND_SUPPLY:
        body = [[str(cell) for cell in supply(n + 1)] for n in range(count)]
        return [list(SUPPLY), *body]
    return [
        list(METRICS),
        *(
            [dice.choice(["甲公司", "乙公司"]), "", str(2015 + n), "1", "2", "3"]
            for n in range(count)
        ),
    ]


def _damage(lines: list[list[str]], dice: random.Random) -> list[list[str]]:
    """Some of what happens to sheets on their way."""
    lines = [list(line) for line in lines]
    for _ in range(dice.randrange(1, 6)):
        row = dice.choice(lines)
        match dice.randrange(12):
            case 0 | 1 | 2:
                if row:
                    row[dice.randrange(len(row))] = dice.choice(_ODD_CELLS)
            case 3:
                lines.insert(dice.randrange(len(lines) + 1), list(row))
            case 4:
                lines.insert(dice.randrange(len(lines) + 1), [])
            case 5:
                lines.insert(0, [dice.choice(["2023年度统计表", "单位：亩、万元", "填报人：某"])])
            case 6:
                for line in lines:
                    if line:
                        line.pop(dice.randrange(len(line)))
            case 7:
                del row[dice.randrange(len(row) + 1) :]
            case 8:
                row.extend(["多", "余"])
            case 9:
                dice.shuffle(row)
            case 10:
                lines.append(["合计", "", "", "100"])
            case _:
                dice.shuffle(lines)
    return lines


def _write(path: Path, lines: list[list[str]], dice: random.Random) -> Path:
    how = dice.randrange(5)
    if how == 0:
        return write_xlsx(path.with_suffix(".xlsx"), lines, header=None)
    delimiter = ("|", ",", "\t", ";")[how - 1]
    encoding = dice.choice(["utf-8", "gb18030", "utf-8-sig", "utf-16"])
    made = write_text(
        path.with_suffix(".txt"), lines[1:], delimiter=delimiter, header=lines[0], encoding=encoding
    )
    content = bytearray(made.read_bytes())
    if dice.random() < 0.2 and content:
        cut = dice.randrange(len(content))
        if dice.random() < 0.5:
            del content[cut:]
        else:
            content[cut] = dice.randrange(256)
        made.write_bytes(bytes(content))
    return made


@pytest.mark.parametrize("kind", list(RosterKind))
def test_damaged_sheets_lose_no_row_and_break_nothing(tmp_path: Path, kind: RosterKind) -> None:
    office = _open(tmp_path / "office")
    dice = random.Random(f"damage {kind}")
    desk = RosterDesk(office.carrier, tmp_path)
    taken = 0
    try:
        for number in range(200):
            lines = _damage(_good(kind, dice), dice)
            path = _write(tmp_path / f"{number}", lines, dice)
            try:
                table = desk.reader.read(path, kind)
            except InputFileError:
                continue
            result = desk.take(kind, path)
            taken += 1
            document = result.as_json()
            rejected = {one["row"] for one in document["rejected"]}
            done = document["created"] + document["updated"] + document["unchanged"]
            # Each row of the file is taken, refused, or named as being none.
            assert document["rows"] == len(table.rows) == done + len(rejected)
            passed_over = {note.row for note in table.notes}
            told = {row.row for row in table.rows} | passed_over
            header = table.seen.header_row or 0
            below = header + table.seen.header_lines
            filled = {
                row.row
                for row in table.seen.preview
                if row.row >= below
                and any(cell.strip("\ufeff\x00 \u3000\xa0") for cell in row.cells)
            }
            assert filled <= told
            assert {one.row for one in result.rejects} == rejected
        assert taken > 100
        assert office.workspace.check().ok
    finally:
        office.workspace.close()
