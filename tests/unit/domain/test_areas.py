"""Area codes: those of the place, those of the workspace's own carriers, and others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.areas import check_area_code
from landsteward.packs.source import Packs

AREAS = Packs().codes().areas


def test_an_area_is_found_by_its_name_with_and_without_its_last_sign() -> None:
    assert AREAS.code_of("谯城区") == "341602"
    assert AREAS.code_of("利辛") == "341623"
    assert AREAS.code_of("亳州高新区") is None
    assert AREAS.code_of("") is None


def test_a_listed_area_and_a_code_of_ones_own_pass() -> None:
    assert check_area_code(" ３４１６２１ ", AREAS).value == "341621"
    own = check_area_code("bzgx", AREAS, ["BZGX"])
    assert own.refused is own.doubtful is None


@pytest.mark.parametrize("code", ["340100", "340100001", "341602999", "341602999001"])
def test_another_area_is_doubtful_and_named(code: str) -> None:
    check = check_area_code(code, AREAS)
    assert check.refused is None
    assert code[:9] in str(check.doubtful)


@pytest.mark.parametrize("code", ["341602000", "341602100", "341602100000", "341602100201"])
def test_townships_and_villages_of_listed_areas_pass(code: str) -> None:
    check = check_area_code(code, AREAS)
    assert check.refused is check.doubtful is None
    assert AREAS.district_of(code) == "谯城区"


@pytest.mark.parametrize("code", ["34010", "BZGX", "3416021", "谯城区"])
def test_anything_else_is_refused(code: str) -> None:
    assert check_area_code(code, AREAS).refused is not None


@pytest.mark.parametrize(
    ("code", "name", "against"),
    [
        ("341602", "谯城", False),
        ("341602", "亳州市谯城区", False),
        ("341602", "安徽省亳州市谯城区古井镇", False),
        ("341602", "古井镇", False),
        ("341602100", "谯城区", False),
        ("341602100", "古井镇", False),
        ("341602100", "华佗镇", True),
        ("341600", "谯城区", False),
        ("341602", "亳州市", False),
        ("341602", "涡阳县", True),
        ("341602", "亳州市涡阳县", True),
        ("341602", "示例县", True),
        # There is one in each of two counties.
        ("341621001", "城关街道", False),
        ("341622003", "城关街道", False),
        # What is not listed contradicts nothing.
        ("340100", "谯城区", False),
    ],
)
def test_a_code_and_a_name_that_say_different_places(code: str, name: str, against: bool) -> None:
    assert AREAS.contradicts(code, name) is against


@given(st.sampled_from([*AREAS.names, *AREAS.townships]))
def test_no_listed_place_contradicts_itself(code: str) -> None:
    name = AREAS.townships.get(code) or AREAS.names[code]
    county = AREAS.district_of(code)
    assert not AREAS.contradicts(code, name)
    assert not AREAS.contradicts(code, f"亳州市{county}{name}")
    assert not AREAS.contradicts(f"{code:0<12}", name)
