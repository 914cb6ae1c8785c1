"""The preview of an import arranged: lines that fit, every row once, nothing said twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.app.importing import Outcome
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.rosters import preview_roster
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import RosterKind
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import METRICS, RosterDesk
from ui.pages.imports.preview_rows import Arranged, Fate, Lines, packed, wrapped
from ui.pages.imports.words import column_letter, kind_word, next_place


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.workspace.close()


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    return RosterDesk(office.carrier, tmp_path)


def width(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text)


SENTENCES = st.lists(st.from_regex(r"[ab中文]{1,12}[，。]{0,2}[ ]?", fullmatch=True)).map("".join)


@given(SENTENCES, st.integers(8, 40))
def test_wrapped_lines_fit_and_lose_nothing(text: str, widest: int) -> None:
    lines = wrapped(text, widest)
    assert all(width(line.rstrip("，。")) <= widest for line in lines)
    assert not any(line.startswith(("，", "。")) for line in lines[1:])
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_parts_stay_whole_as_long_as_they_fit() -> None:
    parts = ["a" * 70, "b" * 40, "c" * 40, "d" * 200]
    assert packed(parts) == [
        "a" * 70 + "; " + "b" * 40,
        "c" * 40,
        "d" * 116,
        "d" * 84,
    ]


def test_words_at_their_ends_are_not_torn_apart() -> None:
    assert wrapped("one two three four", 9) == ["one two", "three", "four"]


def arranged(desk: RosterDesk, rows: list[list[object]], options: Options) -> Arranged:
    path = desk.sheet(METRICS, rows)
    table = desk.reader.read(path, RosterKind.METRICS)
    return Arranged(table, preview_roster(desk.ctx, table=table, options=options), options)


def rows_of(lines: Lines) -> list[int]:
    return list(dict.fromkeys(lines.item(at).row for at in range(len(lines))))


@pytest.mark.parametrize("mode", list(Mode))
def test_every_row_is_there_once_and_counted_as_the_import_counts(
    desk: RosterDesk, mode: Mode
) -> None:
    name = "示例机械制造有限公司"
    desk.metrics([name, "", 2022, 5, "", ""])
    options = Options(mode=mode)
    shown = arranged(
        desk,
        [
            [name, "", 2023, 1, 2, 3],
            [name, "", 2022, 6, "", ""],
            ["没有的公司", "", 2023, 1, "", ""],
            [name, "", "那年", 1, "", ""],
            ["合计", "", "", 9, "", ""],
        ],
        options,
    )
    assert rows_of(shown.lines("")) == [2, 3, 4, 5, 6]
    assert sum(shown.counts.values()) == 5
    assert shown.counts[Fate.PASSED_OVER] == 1
    assert shown.to_decide == ([3] if mode is Mode.ASK else [])
    assert shown.known == 1
    by_fate = [rows_of(shown.lines(fate.value)) for fate in Fate]
    assert sorted(row for rows in by_fate for row in rows) == [2, 3, 4, 5, 6]


def test_a_record_known_by_more_than_its_row_says_is_named(desk: RosterDesk) -> None:
    name = "示例机械制造有限公司"
    desk.metrics([name, "", 2022, 5, "", ""])
    shown = arranged(desk, [[name, "", 2022, 6, "", ""]], Options())
    (remark,) = shown.items[0].remarks
    assert remark.lines == (f"{name} · 2022: 税收(万元): 5 万元 → 6 万元",)
    assert shown.columns[remark.column].label == "税收(万元)"


def test_the_lines_of_some_rows_are_those_of_the_same_rows_later(desk: RosterDesk) -> None:
    name = "示例机械制造有限公司"
    desk.metrics([name, "", 2022, 5, "", ""])
    rows: list[list[object]] = [[name, "", 2022, 6, "", ""], [name, "", 2023, 1, "", ""]]
    asking = arranged(desk, rows, Options(mode=Mode.ASK))
    before = asking.lines(Fate.TO_DECIDE)
    assert rows_of(before) == [2]
    decided = Options(mode=Mode.ASK, decisions={2: Decision.UPDATE})
    later = before.of(arranged(desk, rows, decided).items)
    assert [later.item(0).row, later.item(0).fate] == [2, Fate.UPDATED]
    assert (later.first_of(0), later.first_of(1)) == (0, -1)


def test_every_outcome_of_an_import_is_a_fate() -> None:
    assert {one.value for one in Outcome} < {one.value for one in Fate}


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_every_kind_has_a_word_and_one_that_has_none_is_shown_all_the_same() -> None:
    assert all(kind_word(kind.value) != kind.value for kind in RosterKind)
    assert kind_word("of another kind") == "of another kind"
    assert next_place("of another kind")[0].page == "register"
