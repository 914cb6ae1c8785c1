"""Cells in every form met become dates, figures and texts; what cannot be read says why."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.app.rosters_table import RosterKind
from landsteward.tabular.ratios import range_reader, ratio_reader
from landsteward.tabular.values import (
    Doubtful,
    Unreadable,
    clean_text,
    code_reader,
    date_reader,
    number_reader,
    shown_cell,
    text_reader,
)
from landsteward.tabular.vocabulary import roster_words

WORDS = roster_words(RosterKind.LAND_SUPPLY)
DAY = date(2019, 6, 1)

cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=40),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"[0-9０-９年月日./,\-Ee公顷亩 ]{1,14}", fullmatch=True),
)


@pytest.mark.parametrize(
    "raw",
    [
        "2019年06月01日",
        "2019年6月1日",
        "2019 年 6 月 1 日",
        "2019/6/1",
        "2019/6/1 0:00:00",
        "2019/6/1 15:51:49",
        "2019/6/1 下午 3:51:49",
        "2019-06-01",
        "2019-06-01T08:00:00+08:00",
        "2019.6.1",
        "20190601",
        "２０１９年０６月０１日",
        "二〇一九年六月一日",
        "2019年6月1日(星期六)",
        "\xa02019/6/1\n",
        20190601,
        43617,
        43617.66,
        "43617",
        datetime(2019, 6, 1, 15, 51),
        DAY,
    ],
)
def test_every_form_of_a_date(raw: object) -> None:
    assert date_reader(WORDS)(raw) == DAY


def test_chinese_tens() -> None:
    assert date_reader(WORDS)("二〇一九年十二月三十一日") == date(2019, 12, 31)
    assert date_reader(WORDS)("二○一九年十月二十日") == date(2019, 10, 20)


@pytest.mark.parametrize(
    "raw",
    [
        None, "", " ", "\xa0", "\u3000", "Nah", "NaN", "nan", "--", "/", "无", "—", "null", 0, "0",
        "1901-01-02", "1901年01月02日", "1900/1/1", "1900-01-01 00:00:00", datetime(1900, 1, 1),
        datetime(1899, 12, 30), 1, float("nan"),
    ],
)  # fmt: skip
def test_placeholders_of_a_date(raw: object) -> None:
    assert date_reader(WORDS)(raw) is None


@pytest.mark.parametrize(
    "raw",
    ["2019年6月", "2019-02-30", "2019-13-01", "0207-01-04", "明年", "19/6/1", time(8), True, -5],
)
def test_what_is_no_date_says_why(raw: object) -> None:
    read = date_reader(WORDS)(raw)
    assert isinstance(read, Unreadable)
    assert str(read.reason)


@pytest.mark.parametrize(
    ("raw", "m2"),
    [
        ("0.714700", "7147"),
        (0.7147, "7147"),
        (5.932426, "59324.26"),
        (0.1 + 0.2, "3000"),
        ("１．５", "15000"),
        ("1,234.5", "12345000"),
        (" 2 公顷 ", "20000"),
        ("15亩", "10000"),
        ("3000平方米", "3000"),
        ("3000㎡", "3000"),
        (2, "20000"),
    ],
)
def test_areas_become_exact_square_metres(raw: object, m2: str) -> None:
    assert number_reader(WORDS, "area")(raw) == Decimal(m2)


def test_the_headers_unit_counts_unless_the_cell_has_its_own() -> None:
    by_mu = number_reader(WORDS, "area", "亩")
    assert by_mu("15") == Decimal(10000)
    assert by_mu("1公顷") == Decimal(10000)
    assert by_mu("1") == Decimal("666.666667")
    assert number_reader(WORDS, "area", "平方米")("3000") == Decimal(3000)
    assert number_reader(WORDS, "money", "元")("600000") == Decimal(60)
    assert number_reader(WORDS, "money", "亿元")("0.06") == Decimal(600)


def test_figures_that_are_odd_or_no_figures() -> None:
    area = number_reader(WORDS, "area", zero_is_none=True)
    rough = area("约2.5")
    assert isinstance(rough, Doubtful)
    assert rough.value == Decimal(25000)
    zero = area("0.000000")
    assert isinstance(zero, Doubtful)
    assert zero.value is None
    for bad in ("很大", "-1", "2.5头", "1,23", "1e99", "1.2.3", True, DAY):
        assert isinstance(area(bad), Unreadable), bad
    for none in ("", None, "Nah", "--", "/", "\xa0", "无"):
        assert area(none) is None


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ("1.0-2.5", "1.0", "2.5"),
        ("1.0～2.5", "1.0", "2.5"),
        ("1.0≤容积率≤2.5", "1.0", "2.5"),
        ("≥1.0", "1.0", None),
        ("不低于1.0", "1.0", None),
        ("1.0以上", "1.0", None),
        ("≤2.5", None, "2.5"),
        ("", None, None),
    ],
)
def test_both_limits_of_a_plot_ratio_in_one_cell(
    raw: str, low: str | None, high: str | None
) -> None:
    expected = (low and Decimal(low), high and Decimal(high))
    assert range_reader(WORDS)(raw) == expected


def test_one_limit_of_a_plot_ratio() -> None:
    assert ratio_reader(WORDS, upper=False)("≥1.0") == Decimal(1)
    assert isinstance(ratio_reader(WORDS, upper=False)("≤1.0"), Unreadable)
    assert isinstance(ratio_reader(WORDS, upper=True)("0.00"), Doubtful)
    assert isinstance(range_reader(WORDS)("1.5"), Doubtful)


def test_texts_are_cleaned_and_kept_as_typed_otherwise() -> None:
    read = text_reader(WORDS.placeholders)
    assert read("虚构\n食品有限\r\n公司 ") == "虚构食品有限公司"
    assert read("Acme\nFoods 有限公司") == "Acme Foods 有限公司"
    assert read("（示例）Ａ区") == "（示例）Ａ区"
    assert read("a\u200bb") == "ab"
    assert read(50.0) == "50"
    assert read("Nah") == ""
    assert clean_text(datetime(2019, 6, 1)) == "2019-06-01"
    assert shown_cell(0.7147) == "0.7147"


def test_a_number_that_a_spreadsheet_made_a_figure_of_is_lost() -> None:
    read = code_reader(WORDS.placeholders)
    assert read(" 3499992021b00001") == "3499992021B00001"
    lost = read("3.49999E+15")
    assert isinstance(lost, Doubtful)
    assert lost.value == ""


@given(cells)
def test_no_cell_makes_a_reader_fail(raw: object) -> None:
    day = date_reader(WORDS)(raw)
    assert day is None or isinstance(day, date | Unreadable)
    for kind in ("area", "money", "ratio"):
        figure = number_reader(WORDS, kind)(raw)
        if isinstance(figure, Decimal):
            assert figure >= 0
            assert figure.is_finite()
    assert isinstance(text_reader(WORDS.placeholders)(raw), str)
    range_reader(WORDS)(raw)
    ratio_reader(WORDS, upper=True)(raw)
    code_reader(WORDS.placeholders)(raw)
