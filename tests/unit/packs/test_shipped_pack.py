"""The pack that comes with the program: complete against the field's own list."""

import time
from datetime import date

import pytest

from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.laws import BasisRef
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import Disposal, Severity
from landsteward.packs.loading import load_pack
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs

DAY = date(2026, 3, 2)
PACK = Packs().current()


def referred(pack: RulePack) -> list[BasisRef]:
    return [
        *(ref for item in pack.items for ref in item.bases),
        *(ref for rule in pack.rules for level in rule.levels for ref in level.bases),
        *(ref for rule in pack.rules for refs in rule.extra_bases.values() for ref in refs),
        *(ref for path in pack.paths for ref in path.bases),
        *(ref for path in pack.paths for one in path.conditions + path.blocks for ref in one.bases),
    ]


@pytest.mark.parametrize("item", PACK.items, ids=lambda item: item.key)
def test_each_item_rests_on_law_in_force_and_says_what_is_demanded(item: object) -> None:
    found = next(one for one in PACK.items if one is item)
    assert len(PACK.bases_on(found.bases, DAY)) == len(found.bases) >= 1
    for text in (found.title, found.title_en, found.demand, found.demand_en):
        assert text.strip()
    assert found.title.isascii() is False
    assert found.title_en.isascii()
    if found.severity is Severity.HINT:
        assert found.disposal in (Disposal.ADVISE, Disposal.IMMEDIATE_FIX)


def test_every_law_of_the_catalogue_is_used_under_its_full_title() -> None:
    assert {law.key for law in PACK.laws} == {ref.law for ref in referred(PACK)}
    for law in PACK.laws:
        assert "《" not in law.title
        assert law.title_en


def test_the_suspended_parcel_never_meets_article_14() -> None:
    rule = next(one for one in PACK.rules if one.key == "idle_suspended")
    item = PACK.item("suspended_1y")
    refs = [ref for level in rule.levels for ref in level.bases]
    refs += [ref for group in rule.extra_bases.values() for ref in group]
    assert "第十四条" not in {ref.article for ref in (*refs, *item.bases)}


def test_metrics_are_the_indicators_the_program_computes() -> None:
    figures = YearlyMetrics(id="m", enterprise_id="e", year=2025)
    assert [metric.key for metric in PACK.metrics] == list(yearly_indicators(figures, None))


def test_every_way_out_has_its_plan_item_but_the_courts_own() -> None:
    assert len(PACK.paths) == 16
    without = [path.key for path in PACK.paths if not any("项" in b.article for b in path.bases)]
    assert without == ["judicial"]


def test_reading_it_takes_a_moment() -> None:
    times = []
    for _ in range(5):
        begun = time.process_time()
        load_pack(RULES / DEFAULT_PACK)
        times.append(time.process_time() - begun)
    assert min(times) < 0.1
