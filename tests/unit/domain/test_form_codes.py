"""The code of a printed form: there and back, and what a slip of the hand does to it."""

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.form_codes import form_code, key_tail

KEY = "0198f0a2-1234-7abc-8def-0123456789ab"
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.uuids(version=4).map(str)


def test_a_code_by_hand() -> None:
    """The last 40 bits 23456789ab (hex) are 00100 01101 00010 10110 01111 00010 01101 01011, that
    is 4 D 2 P F 2 D B. Luhn mod 32 from the right, every second one doubled: B 22, D 13, 2 4,
    F 15, P 44 → 1 + 12 = 13, 2 2, D 26, 4 4, together 99; up to 128 there are 29, that is X.
    """
    assert form_code(KEY) == "4D2-PF2-DBX"
    assert key_tail("4D2-PF2-DBX") == "23456789ab"


@given(keys)
def test_every_key_comes_back(key: str) -> None:
    assert key_tail(form_code(key)) == key[-10:]


@given(keys, st.integers(0, 8), st.sampled_from(SIGNS))
def test_one_wrong_character_is_noticed(key: str, place: int, sign: str) -> None:
    plain = form_code(key).replace("-", "")
    wrong = plain[:place] + sign + plain[place + 1 :]
    assert (key_tail(wrong) is None) == (wrong != plain)


def test_it_is_read_however_it_was_typed() -> None:
    for typed in ("4d2pf2dbx", " 4D2 PF2 DBX ", "４Ｄ２－ＰＦ２－ＤＢＸ", "4D2–PF2–DBX"):
        assert key_tail(typed) == "23456789ab", typed
    code = form_code("00000000-0000-7000-8000-000000000001")
    assert code[0] == "0"
    assert key_tail(code.replace("0", "O").replace("1", "I")) == "0000000001"


def test_other_things_people_type_are_no_codes() -> None:
    for typed in ("", "体检〔2026〕7号", "sljx", "91341699MA8EXA01", "4D2-PF2-DB", "4D2-PF2-DBX9"):
        assert key_tail(typed) is None
