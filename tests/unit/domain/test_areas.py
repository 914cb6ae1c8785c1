"""Area codes: those of the place, those of the workspace's own carriers, and others."""

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


def test_another_area_is_doubtful_and_anything_else_is_refused() -> None:
    assert check_area_code("340100", AREAS).doubtful is not None
    assert check_area_code("34010", AREAS).refused is not None
    assert check_area_code("BZGX", AREAS).refused is not None
