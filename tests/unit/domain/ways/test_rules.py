"""What holds of ways out whatever is known."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.chosen_ways import ReasonKind, WayState
from landsteward.domain.rulepack import RulePack
from landsteward.domain.ways.judging import NOT_IN_FORCE, WayOut, judge_ways
from landsteward.domain.ways.paths import RemedyPath, WayCondition
from tests.unit.domain.ways.known import ON, PACK, WORDS, facts, finding

ANSWERS = sorted({one.fact for path in PACK.paths for one in path.conditions if one.fact})
ITEMS = ["plot_ratio_short", "start_overdue_1y", "suspended_1y", "grade_d", None]

# What one person may learn at once, apart from everything else; each of them contradicts the
# others of its group.
GROUPS: list[list[str]] = [
    ["seized", "not seized", "seized until yesterday"],
    ["mortgaged", "not mortgaged"],
    ["mortgagee agrees", "mortgagee refuses"],
    ["soil unit", "no soil unit"],
    ["surveyed", "not surveyed"],
    ["in a park", "outside parks"],
    ["low-efficient", "not low-efficient"],
    ["6 months late", "1 year late", "2 years late"],
    ["own cause", "government cause", "force majeure"],
    ["24 % invested", "25 % invested"],
    ["splitting forbidden", "splitting not forbidden"],
    ["100 mu", "101 mu"],
    ["grade D", "grade C"],
    ["offices 15 %", "offices 16 %"],
    ["output contract"],
    *([f"{key} yes", f"{key} no"] for key in ANSWERS),
]
known = st.lists(
    st.sampled_from(GROUPS).flatmap(lambda group: st.sampled_from(group)),
    unique_by=lambda word: next(at for at, group in enumerate(GROUPS) if word in group),
)


def ways(
    item: str | None, words: list[str], *, on: date = ON, pack: RulePack = PACK
) -> list[WayOut]:
    of = finding(item)
    return list(judge_ways(pack, of, facts(of, *words, on=on)))


def names(word: str) -> set[str]:
    """The facts that a word says something of."""
    if word not in WORDS:
        return {word.rpartition(" ")[0]}
    said = {name for values in WORDS[word].values() for name in values}
    renamed = {
        "agreed_start_on": {"full_years", "idle_kind", "agreed_start_on"},
        "cause": {"delay_cause"},
        "area_m2": {"area_mu", "area_m2"},
        "signed_on": {"output_contract"},
    }
    return {name for one in said for name in renamed.get(one, {one})}


@given(item=st.sampled_from(ITEMS), words=known)
def test_learning_a_fact_opens_no_barred_way_but_one_barred_by_that_fact(
    item: str | None, words: list[str]
) -> None:
    if not words:
        return
    learned = words[-1]
    before, after = ways(item, words[:-1]), ways(item, words)
    for old, new in zip(before, after, strict=True):
        if old.state is WayState.BARRED and new.state is not WayState.BARRED:
            barring = old.of_kind(ReasonKind.BARRED)
            rested = {one.name for why in barring for one in why.facts} | {
                why.fact for why in barring
            }
            assert rested & names(learned), (old.path.key, learned)
        if old.state is WayState.OPEN:
            assert new.state in (WayState.OPEN, WayState.BARRED), (old.path.key, learned)


@given(item=st.sampled_from(ITEMS), words=known)
def test_a_state_is_what_its_reasons_say_and_every_reason_says_what_it_rests_on(
    item: str | None, words: list[str]
) -> None:
    for way in ways(item, words):
        kinds = {one.kind for one in way.reasons}
        assert (way.state is WayState.BARRED) == (ReasonKind.BARRED in kinds)
        assert (way.state is WayState.OPEN) == (kinds <= {ReasonKind.MET})
        for reason in way.reasons:
            assert reason.facts
            if reason.kind is ReasonKind.UNKNOWN:
                assert any(one.value is None for one in reason.facts), reason
            else:
                assert any(one.value is not None for one in reason.facts), reason


def test_where_nothing_is_known_nothing_is_open_and_nothing_is_barred() -> None:
    assert {way.state for way in ways("plot_ratio_short", [])} == {WayState.OPEN_IF}


@given(day=st.dates(date(1990, 1, 1), date(2030, 1, 1)), words=known)
def test_every_basis_is_in_force_on_the_day_asked_about(day: date, words: list[str]) -> None:
    for way in ways("suspended_1y", words, on=day):
        for reason in way.reasons:
            for basis in reason.bases:
                if basis.version != "合同1" and basis.article != "产出约定":
                    assert basis.valid_from is None or basis.valid_from <= day
                    assert basis.valid_to is None or basis.valid_to >= day


def test_law_that_is_not_in_force_neither_bars_nor_opens() -> None:
    """The plan is of 2023-04-20: on the day before, its condition of a chain partner is asked."""
    day = date(2023, 4, 19)
    (way,) = (w for w in ways(None, ["chain_partner no"], on=day) if w.path.key == "split_transfer")
    partner = next(one for one in way.reasons if one.condition == "partner")
    assert (partner.kind, partner.bases) == (ReasonKind.UNKNOWN, ())
    (way,) = (w for w in ways(None, ["grade D"], on=day) if w.path.key == "grade_d_exit")
    assert way.state is WayState.OPEN_IF
    assert way.reasons[0].condition == NOT_IN_FORCE


def test_a_seizure_ends_with_its_last_day() -> None:
    last = date(2026, 3, 1)
    for day, state in ((last, WayState.BARRED), (last + timedelta(days=1), WayState.OPEN_IF)):
        found = ways("plot_ratio_short", ["seized until yesterday"], on=day)
        assert next(w for w in found if w.path.key == "split_transfer").state is state


def with_limits(least: int, most: int) -> RulePack:
    """The pack of a county that set the least area and the largest share of a part."""

    def path(one: RemedyPath) -> RemedyPath:
        return replace(one, conditions=tuple(condition(each) for each in one.conditions))

    def condition(one: WayCondition) -> WayCondition:
        if one.predicate != "part_within_limits":
            return one
        return replace(one, params={"min_mu": Decimal(least), "max_percent": Decimal(most)})

    return replace(PACK, paths=tuple(path(one) for one in PACK.paths))


def test_a_part_keeps_the_least_area_and_the_largest_share_the_county_sets() -> None:
    """Of 60 mu: at least 10 mu, at most 40 %, which is 24 mu."""

    def size(pack: RulePack, *words: str) -> ReasonKind:
        (way,) = (w for w in ways(None, list(words), pack=pack) if w.path.key == "split_transfer")
        return next(one.kind for one in way.reasons if one.condition == "size")

    pack = with_limits(10, 40)
    assert size(pack, "60 mu") is ReasonKind.UNKNOWN
    assert size(pack, "60 mu", "split_part 9.99") is ReasonKind.BARRED
    assert size(pack, "60 mu", "split_part 10") is ReasonKind.MET
    assert size(pack, "60 mu", "split_part 24") is ReasonKind.MET
    assert size(pack, "60 mu", "split_part 24.01") is ReasonKind.BARRED
    assert size(pack, "split_part 20") is ReasonKind.UNKNOWN, "a share of how much?"
    assert size(pack, "split_part 9") is ReasonKind.BARRED
    assert size(with_limits(10, 0), "split_part 20") is ReasonKind.MET
    assert size(PACK, "60 mu", "split_part 20") is ReasonKind.UNKNOWN, "the county set nothing"
