"""The ways out of a plan on paper: how each stood, on which law and facts, why chosen."""

from datetime import date
from itertools import chain

from landsteward.domain.chosen_ways import ReasonKind, WayFact, WayState
from landsteward.domain.ways.judging import judge_ways
from landsteward.dossier.build import build_dossier
from landsteward.packs.source import Packs
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import rich_view
from tests.helpers.pdf_reading import page_texts, squeezed
from tests.unit.domain.ways.known import WORDS, facts, finding
from ui.pages.case import way_words

PACK = Packs().current()


def all_facts() -> set[WayFact]:
    """Every fact that a reason may rest on, known and not known."""
    of = finding("suspended_1y")
    answers = sorted({one.fact for path in PACK.paths for one in path.conditions if one.fact})
    known = [facts(of), *(facts(of, word) for word in WORDS)]
    known += [facts(of, f"{key} yes") for key in answers]
    known += [facts(of, on=date(2000, 1, 1))]
    judged = chain.from_iterable(judge_ways(PACK, of, one) for one in known)
    return {fact for way in judged for reason in way.reasons for fact in reason.facts}


def test_every_fact_has_its_word_on_paper_and_on_the_screen() -> None:
    for one in all_facts():
        assert f"way_fact.{one.name}" in PACK.wording, one.name
        assert way_words.fact_name(one.name) != one.name
        if one.name in ("delay_cause", "idle_kind") and one.value is not None:
            assert f"way_value.{one.value}" in PACK.wording
            assert way_words.fact_value(one) != one.value
    for kind in ReasonKind:
        assert kind is ReasonKind.MET or f"way_reason.{kind}" in PACK.wording
    assert all(f"way_state.{state}" in PACK.wording for state in WayState)


def test_a_barred_way_is_printed_with_why_it_bars_and_why_it_was_chosen_nevertheless() -> None:
    printed = squeezed("".join(page_texts(build_dossier(rich_view(), fonts=FONTS))))
    for text in (
        "不可走（2026年3月28日判断）",
        "仍然选择的理由：法院已受理解封申请",
        "不满足：查封期间不得转让（查封：是、查封机关：示例区人民法院、查封至：未登记）",
        "依据：《中华人民共和国城市房地产管理法》第三十八条（",
        "待查明：受让方须是经认定的产业链合作伙伴企业（已查明：未登记）",
    ):
        assert squeezed(text) in printed, text
    barred = printed[printed.index("不可走（2026年") :]
    assert barred.index("仍然选择的理由") < barred.index("不满足：查封")
