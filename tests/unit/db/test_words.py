import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from db.words import query, search_initials, search_pinyin, search_words, syllables, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("亳州A12栋", ["亳", "州", "a12", "栋"]),
        ("体检〔2026〕23号", ["体", "检", "2026", "23", "号"]),
        ("ＡＢＣ（１）", ["abc", "1"]),
        ("㛃𬭎", ["㛃", "𬭎"]),
        ("😀 * - \" _ '", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_beginnings_ends_and_parts_of_a_code_are_words() -> None:
    words = set(search_words(["甲B12栋"], ["91341600MA2RABCD1X"]).split())
    assert {"91341600ma2rabcd1x", "尾cd1x", "尾bcd1x", "尾2rabcd1x"} <= words
    assert "尾d1x" not in words
    assert {"b", "b1", "b12", "9", "91", "91341600ma2r", "m", "ma2r", "ma2rabcd1"} <= words
    assert {"2007b00552", "2007b"} <= set(search_words([], ["3416022007B00552"]).split())


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("古井贡", "gu jing gong"),
        ("重庆", "chong qing 。 zhong qing"),
        ("长江", "chang jiang 。 zhang jiang"),
        ("银行", "yin hang 。 yin xing"),
        ("绿女", "lv nv"),
        ("A1栋", "a1 dong"),
        ("", ""),
    ],
)
def test_readings(text: str, readings: str) -> None:
    assert search_pinyin(text) == readings


def test_initials_stand_in_pairs_and_alone() -> None:
    assert search_initials("古井贡") == "gj jg 。 g j"
    assert search_initials("重庆") == "cq 。 zq 。 c q z"
    assert search_initials("古") == "g"
    assert search_initials("") == ""


def test_letters_are_split_into_syllables() -> None:
    assert ["gu", "jing"] in syllables("gujing")
    assert ["xi", "an"] in syllables("xian")
    assert ["xian"] in syllables("xian")
    assert ["bo", "zh"] in syllables("bozh")
    assert syllables("xyz") == []


@pytest.mark.parametrize("text", ["", "   ", "*", "😀", "\"'", "-- ;"])
def test_nothing_to_look_for(text: str) -> None:
    assert query(text) is None


@given(st.text())
def test_nothing_typed_becomes_syntax(text: str) -> None:
    expression = query(text)
    if expression is None:
        return
    conn = sqlite.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE t USING fts5 "
        "(words, more, private, pinyin, initials, tokenize = 'ascii')"
    )
    conn.execute("INSERT INTO t VALUES (?, '', '', '', '')", [search_words([text])])
    found = conn.execute("SELECT rowid FROM t WHERE t MATCH ?", [expression]).fetchall()
    conn.close()
    assert found == [(1,)]
