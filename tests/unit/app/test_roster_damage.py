"""Damaged rosters: every row is taken, refused or named as none, and nothing breaks."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import add_enterprise
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.errors import InputFileError
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import METRICS, PARCELS, RosterDesk, code, unit_code
from tests.helpers.sheets import HEADER as SUPPLY
from tests.helpers.sheets import supply, write_text, write_xlsx


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "office"
    folder.mkdir()
    made = open_office(folder)
    for name in ("甲公司", "乙公司"):
        add_enterprise(made.carrier, name=name)
    yield made
    made.workspace.close()


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
    """A sheet of a few rows as it should be, header first."""
    numbers = range(dice.randrange(1, 8))
    users = ["甲公司", "", "乙虚构公司", "王样本"]
    match kind:
        case RosterKind.ENTERPRISES:
            header = [
                "企业名称",
                "信用代码",
                "行业名称",
                "规模",
                "区县",
                "地址",
                "法人",
                "电话",
                "备注",
            ]
            return [
                header,
                *(
                    [
                        f"第{n}虚构公司",
                        code(n),
                        "食品",
                        "规上",
                        "甲县",
                        f"{n}路",
                        "张",
                        f"0558-{n}",
                        "",
                    ]
                    for n in numbers
                ),
            ]
        case RosterKind.PARCELS:
            return [
                [*PARCELS, "土地使用权人", "信用代码", "取得日期", "承租企业", "租赁面积(亩)"],
                *(
                    [
                        *(f"{n}号", unit_code(n + 1), "", f"{n}路", "2.5", "工业", ""),
                        *(dice.choice(users), "", "2021-03-15", dice.choice(users), "3"),
                    ]
                    for n in numbers
                ),
            ]
        case RosterKind.METRICS:
            firms = ["甲公司", "乙公司"]
            figures = ([dice.choice(firms), "", str(2015 + n), "1", "2", "3"] for n in numbers)
            return [list(METRICS), *figures]
        case RosterKind.LAND_SUPPLY:
            lines: list[list[str]] = [[*SUPPLY, "支付期号", "约定支付金额(万元)"]]
            for n in numbers:
                lines.append([*map(str, supply(n + 1)), "1", "300"])
                # Some supplies are paid in two parts, the second in a line of its own.
                if dice.random() < 0.4:
                    lines.append([*[""] * len(SUPPLY), "2", "300"])
            return lines


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
def test_damaged_sheets_lose_no_row_and_break_nothing(
    tmp_path: Path, office: Office, kind: RosterKind
) -> None:
    dice = random.Random(f"damage {kind}")
    desk = RosterDesk(office.carrier, tmp_path)
    taken = 0
    for number in range(200):
        path = _write(tmp_path / f"{number}", _damage(_good(kind, dice), dice), dice)
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
        told = {row.row for row in table.rows} | {note.row for note in table.notes}
        below = (table.seen.header_row or 0) + table.seen.header_lines
        filled = {
            row.row
            for row in table.seen.preview
            if row.row >= below and any(cell.strip("\ufeff\x00 \u3000\xa0") for cell in row.cells)
        }
        assert filled <= told
        assert {one.row for one in result.rejects} == rejected
    assert taken > 100
    assert office.workspace.check().ok
