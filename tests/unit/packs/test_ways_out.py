"""The ways out against the field's own list (`domain.md` §5), written out by hand."""

import pytest

from landsteward.domain.ways.paths import RemedyPath
from landsteward.packs.source import Packs
from tests.helpers.statutes import articles, rests_on

PACK = Packs().current()

TABLE = {
    "reach_output": "产出合同 · 民法典 577 585 · 实施方案 13",
    "zero_increment_upgrade": "实施方案 14",
    "raise_plot_ratio": "实施方案 10 14",
    "replace_tenant": "实施方案 18",
    "move_into_park": "实施方案 10 18",
    "mixed_use": "实施方案 14 18 26",
    "transform_use": "实施方案 23 · 民法典 350",
    "split_transfer": "实施方案 29 14 · 城市房地产管理法 38 39",
    "secondary_market": "民法典 406 · 实施方案 21",
    "negotiated_recovery": "闲置土地处置办法 12 · 民法典 358 · 土地管理法 58 · 实施方案 18",
    "idle_fee": "闲置土地处置办法 14 · 实施方案 18",
    "free_recovery": "闲置土地处置办法 14 · 实施方案 18",
    "redevelopment_plan": "实施方案 16",
    "phased_supply": "实施方案 25",
    "judicial": "",
    "grade_d_exit": "实施方案 11",
}


@pytest.mark.parametrize("key", TABLE)
def test_each_way_rests_on_the_articles_of_the_list_and_says_its_conditions(key: str) -> None:
    (path,) = (one for one in PACK.paths if one.key == key)
    assert rests_on(PACK, path.bases) == (articles(TABLE[key]) if TABLE[key] else set())
    assert path.conditions
    for one in (*path.conditions, *path.blocks):
        assert one.text
        assert one.text_en.isascii()
    assert path.steps
    assert all(one.what and one.what_en and one.who for one in path.steps)
    assert path.papers
    assert len(path.papers) == len(path.papers_en)
    assert path.office


def test_there_are_these_ways_and_no_others() -> None:
    assert [one.key for one in PACK.paths] == list(TABLE)


def test_a_seizure_blocks_transfer_and_the_soil_comes_before_transfer_and_recovery() -> None:
    """§5, gates: 查封 blocks transfer; soil-supervised units need a survey before either."""
    seized = [one.key for one in PACK.paths if _asks(one, "seized")]
    surveyed = [one.key for one in PACK.paths if _asks(one, "soil_unsurveyed")]
    assert seized == ["split_transfer", "secondary_market"]
    assert surveyed == [*seized, "negotiated_recovery", "free_recovery"]


def test_fee_and_free_recovery_are_for_land_never_built_on() -> None:
    """53号令: art. 14 is for type 1 only, of the enterprise's own cause; type 2 knows art. 12."""
    asking = {one.key for one in PACK.paths if _asks(one, "idle_type_one")}
    assert asking == {"idle_fee", "free_recovery"}
    assert {one.key for one in PACK.paths if _asks(one, "own_cause")} == asking


def _asks(path: RemedyPath, predicate: str) -> bool:
    return any(one.predicate == predicate for one in (*path.conditions, *path.blocks))
