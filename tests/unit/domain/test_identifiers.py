"""Names and codes come to one form, and each mistake in a code is named."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from landsteward.domain.identifiers import (
    check_electronic_no,
    check_unit_code,
    check_uscc,
    compact,
    name_key,
    shown_unit_code,
)

REST = "".join(sorted(set("0123456789ABCDEFGHJKLMNPQRTUWXY")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("虚构食品（示例）有限公司", "虚构食品(示例)有限公司"),
        ("虚构食品【示例】有限公司", "虚构食品(示例)有限公司"),
        ("虚构 食品\u3000有限\n公司\xa0", "虚构食品有限公司"),
        ("虚构\u200b食品\ufeff有限公司", "虚构食品有限公司"),
        ("ＡＢＣ电子", "abc电子"),
        ("甲买提•乙力", "甲买提·乙力"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_keep_different_keys() -> None:
    assert name_key("虚构食品有限公司") != name_key("虚构食品(示例)有限公司")


@given(st.text())
@example("a´")
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(
    st.text("abcXYZ示例（)09"),
    st.sampled_from([" ", "\u3000", "\xa0", "\u200b", "\n", "\t", "\ufeff"]),
)
def test_what_cannot_be_seen_does_not_count(name: str, unseen: str) -> None:
    assert compact(unseen.join(name)) == compact(name)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    front = draw(st.from_regex(r"[1-9][0-9]{7}", fullmatch=True))
    body = front + draw(st.text(REST, min_size=9, max_size=9))
    return body + uscc.calc_check_digit(body)


@given(credit_codes())
def test_a_valid_credit_code_passes_however_it_is_typed(code: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (code, code.lower(), wide, f" {code[:4]} {code[4:]}\n", "-".join(code)):
        check = check_uscc(typed)
        assert (check.value, check.refused, check.doubtful) == (code, None, None)


@given(credit_codes(), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_character_in_a_credit_code_is_noticed(code: str, at: int, digit: str) -> None:
    wrong = code[:at] + digit + code[at + 1 :]
    assert (check_uscc(wrong).refused is None) == (wrong == code)


def test_the_area_inside_a_credit_code_is_never_compared_with_a_list() -> None:
    body = "91999999MA0000001"
    assert check_uscc(body + uscc.calc_check_digit(body)).refused is None


@pytest.mark.parametrize("letter", "ANY")
def test_a_leading_letter_is_doubtful_but_may_be_kept(letter: str) -> None:
    body = f"{letter}1341600MA0000001"
    check = check_uscc(body + uscc.calc_check_digit(body))
    assert check.refused is None
    assert check.doubtful is not None
    assert check_uscc(body + "@").refused is not None


@pytest.mark.parametrize("text", ["", "123", "911101085513850820", "I1110108551385082Q", "９１"])
def test_what_is_no_credit_code_is_refused(text: str) -> None:
    assert check_uscc(text).refused is not None


@given(st.text(max_size=30))
def test_checks_never_fail_on_any_text(text: str) -> None:
    for check in (check_uscc, check_electronic_no, check_unit_code):
        assert isinstance(check(text).value, str)


@pytest.mark.parametrize(
    ("text", "value", "usual"),
    [
        ("3499992021B00001", "3499992021B00001", True),
        (" ３４９９９９２０２１ｂ００００１ ", "3499992021B00001", True),
        ("3499992021B00001-2", "3499992021B00001-2", True),
        ("2021-17", "2021-17", False),
    ],
)
def test_an_electronic_number_of_unusual_shape_is_only_doubtful(
    text: str, value: str, usual: bool
) -> None:
    check = check_electronic_no(text)
    assert check.value == value
    assert check.refused is None
    assert (check.doubtful is None) == usual


def test_unit_codes() -> None:
    good = "341602001001GB00001F00010001"
    assert check_unit_code(f"{good[:6]} {good[6:12]} {good[12:19]} {good[19:]}").refused is None
    assert shown_unit_code(good) == "341602 001001 GB00001 F00010001"
    assert check_unit_code(good[:-1]).refused is not None
    assert check_unit_code("341602001001QB00001F00010001").refused is not None
    assert check_unit_code("341602001001GB00001W00000000").doubtful is None
    assert check_unit_code("341602001001GB00001W00000001").doubtful is not None


@given(
    body=st.from_regex(r"[0-9ANY][0-9]{7}[0-9ABCDEFGHJKLMNPQRTUWXYIO]{9}", fullmatch=True),
    right=st.booleans(),
)
def test_credit_codes_are_judged_as_the_library_judges_them(body: str, right: bool) -> None:
    digit = "0"
    if right and not set(body) & set("IO"):
        digit = uscc.calc_check_digit(body + "0")
    code = body + digit
    check = check_uscc(code)
    assert (check.refused is None and check.doubtful is None) is uscc.is_valid(code)
