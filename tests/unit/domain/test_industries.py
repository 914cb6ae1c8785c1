"""Industries are found by code and by name, however they are written in a sheet."""

import pytest

from landsteward.domain.industries import check_industry_code
from landsteward.packs.source import Packs

INDUSTRIES = Packs().codes().industries


def test_the_standard_is_there_whole() -> None:
    assert len(INDUSTRIES.sections) == 20
    assert len(INDUSTRIES.divisions) == 97
    assert len(INDUSTRIES.groups) == 473
    assert {code[1:] for code in INDUSTRIES.divisions} == {code[:2] for code in INDUSTRIES.groups}


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("C", "C", "制造业"),
        ("c34", "C34", "通用设备制造业"),
        ("34", "C34", "通用设备制造业"),
        ("C341", "C341", "锅炉及原动设备制造"),
        ("３４１", "C341", "锅炉及原动设备制造"),
        ("3411", "C3411", "锅炉及原动设备制造"),
        ("C2730", "C2730", "中药饮片加工"),
        ("017", "A017", "中药材种植"),
    ],
)
def test_a_code_is_known_with_and_without_its_letter(typed: str, code: str, name: str) -> None:
    found = INDUSTRIES.find(typed)
    assert found is not None
    assert (found.code, found.name) == (code, name)
    assert check_industry_code(typed, INDUSTRIES).value == code
    assert check_industry_code(typed, INDUSTRIES).refused is None


@pytest.mark.parametrize("typed", ["", "U34", "C3", "C34111", "B34", "C999", "138", "食品", "C-34"])
def test_what_is_no_code_of_the_standard_is_refused(typed: str) -> None:
    assert INDUSTRIES.find(typed) is None
    assert check_industry_code(typed, INDUSTRIES).refused is not None


def test_a_wrong_letter_is_told_from_a_code_that_is_not_there() -> None:
    refused = check_industry_code("B34", INDUSTRIES).refused
    assert "section C" in str(refused)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("酒的制造", "C151"),
        (" 羽毛(绒) 加工及制品制造", "C194"),
        ("C15 酒、饮料和精制茶制造业", "C15"),
        ("1511 白酒制造", "C1511"),
        ("教育", "P83"),
        ("国际组织", "T970"),
    ],
)
def test_a_name_or_both_in_one_cell_is_read(text: str, code: str) -> None:
    found = INDUSTRIES.read(text)
    assert found is not None
    assert found.code == code


def test_what_is_unlike_any_industry_is_not_guessed() -> None:
    assert INDUSTRIES.read("酒") is None
    assert INDUSTRIES.read("") is None


def test_what_is_being_typed_is_offered_codes_first() -> None:
    assert [one.code for one in INDUSTRIES.like("C15")] == ["C15", "C151", "C152", "C153"]
    assert [one.code for one in INDUSTRIES.like("15")][:2] == ["C15", "C151"]
    assert "C273" in [one.code for one in INDUSTRIES.like("中药")]
    assert INDUSTRIES.like("3411")[0].code == "C3411"
    assert INDUSTRIES.like("") == []
