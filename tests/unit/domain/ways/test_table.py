"""Finding × facts → how a way out stands and why, by the pack that comes with the program.

Under a finding of a checklist item a row reads: this way, where this is known and nothing else, is
open, open if, or barred; and by which of its conditions (`paths.toml`): those that bar it, else
those that are not known or not met yet.
"""

import pytest

from landsteward.domain.chosen_ways import ReasonKind, WayState
from landsteward.domain.ways.judging import WayOut, judge_ways
from tests.unit.domain.ways.known import PACK, facts, finding

TABLE = """
# 查封 blocks split and secondary-market transfer (城市房地产管理法 38)
plot_ratio_short:
  split_transfer         seized  barred seized
seized_or_mortgaged:
  secondary_market       seized  barred seized
  secondary_market       seized until today  barred seized
  secondary_market       seized until yesterday; no burden; 25 % invested  open
  secondary_market       no burden; 25 % invested  open_if seized
suspended_1y:
  negotiated_recovery    seized; no burden; agreed  open

# soil survey before recovery or transfer; a fee takes no land
  negotiated_recovery    soil unit; not surveyed  barred soil
  negotiated_recovery    soil unit; not mortgaged; agreed  open_if soil
  negotiated_recovery    soil unit; surveyed; not mortgaged; agreed  open
  negotiated_recovery    not surveyed; not mortgaged; agreed  open_if soil
start_overdue_2y:
  free_recovery          2 years late; own cause; soil unit; not surveyed  barred soil
start_overdue_1y:
  idle_fee               1 year late; own cause; soil unit; not surveyed  open
plot_ratio_short:
  split_transfer         soil unit; not surveyed  barred soil

# 53号令: type 1, own cause: after one year the fee, after two recovery (art. 14)
start_overdue_1y:
  idle_fee               1 year late; own cause  open
  idle_fee               2 years late; own cause  barred below_two_years
  idle_fee               6 months late; own cause  barred one_year
  idle_fee               own cause  open_if one_year below_two_years
start_overdue_2y:
  free_recovery          2 years late; own cause; clean soil  open
start_overdue_1y:
  free_recovery          1 year late; own cause; clean soil  barred two_years
start_overdue_2y:
  free_recovery          2 years late; clean soil  open_if own_cause

# type 2 knows neither (art. 12 only)
suspended_1y:
  idle_fee               suspended 1 year; own cause  barred type_one
  free_recovery          suspended 1 year; own cause; clean soil  barred type_one two_years
  idle_fee               own cause  barred type_one
plot_ratio_short:
  free_recovery          suspended 1 year; own cause; clean soil  barred type_one two_years
  idle_fee               due in 6 months; work goes on; own cause  barred type_one
  idle_fee               6 months late; own cause  barred type_one one_year

# government and force majeure: no fee, no free recovery, but recovery against payment
start_overdue_1y:
  idle_fee               1 year late; government cause  barred own_cause
  idle_fee               1 year late; force majeure  barred own_cause
start_overdue_2y:
  free_recovery          2 years late; government cause; clean soil  barred own_cause
  negotiated_recovery    2 years late; government cause; no burden; agreed  open

# mortgagee's consent
suspended_1y:
  negotiated_recovery    clean soil; mortgaged; agreed  open_if mortgagee
  negotiated_recovery    clean soil; consent; agreed  open
  negotiated_recovery    clean soil; refusal; agreed  barred mortgagee
  negotiated_recovery    no burden; not agreed  open_if agreed
seized_or_mortgaged:
  secondary_market       not seized; clean soil; refusal; 25 % invested  open_if mortgagee

# splitting (plan item 29; 城市房地产管理法 39)
plot_ratio_short:
  split_transfer         chain_partner no  barred partner
  split_transfer         split_not_office no  barred not_office
  split_transfer         split_usable no  barred usable
  split_transfer         24 % invested  barred invested
  split_transfer         splitting forbidden; split_consent no  barred clause
  split_transfer         ready to split; splitting forbidden  open_if size clause
  split_transfer         ready to split; splitting forbidden; split_consent yes  open_if size
  split_transfer         ready to split; splitting not forbidden  open_if size
seized_or_mortgaged:
  secondary_market       not seized; no burden; 24 % invested  open_if invested

# more than 100 mu (plan item 25)
start_overdue_1y:
  phased_supply          100 mu; phases_agreed yes  barred large
  phased_supply          101 mu; phases_agreed yes  open
  phased_supply          101 mu by the parcel  open_if phases
  phased_supply          101 mu by the parcel; 100 mu  barred large

# grade D (plan item 11), park (10), recognition (16), mixed use (26), output (13)
grade_d:
  grade_d_exit           grade D  open
  grade_d_exit           grade C  barred grade_d
  grade_d_exit           seized  open_if grade_d
  move_into_park         in a park  barred outside
  move_into_park         outside parks  open
  redevelopment_plan     low-efficient  open
  redevelopment_plan     not low-efficient  barred recognised
office_floor_share_high:
  mixed_use              offices 15 %; services 15 %  open
  mixed_use              offices 16 %; services 15 %  barred offices
  mixed_use              offices 15 %  open_if services
output_contract_unmet:
  reach_output           output contract; undertaking yes  open
  reach_output           output contract  open_if undertaking
  reach_output           output contract; undertaking no  open_if undertaking
  reach_output           undertaking yes  open_if contract
production_stopped:
  replace_tenant         lessee_fits no  barred industry_fits
plot_ratio_short:
  zero_increment_upgrade upgrade_fits yes  open
  raise_plot_ratio       upgrade_fits no  barred fits
grade_d:
  transform_use          transform_planned yes; transform_encouraged no  barred encouraged
seized_or_mortgaged:
  judicial               court_case no  open_if court
"""


def rows() -> list[tuple[str, str, tuple[str, ...], WayState, tuple[str, ...]]]:
    """The rows of the table: way, item, words, state, conditions."""
    found = []
    item = ""
    for line in TABLE.strip().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.endswith(":"):
            item = line.removesuffix(":")
            continue
        way, rest = line.split(maxsplit=1)
        for state in ("open_if", "barred", "open"):
            known, at, decided = rest.rpartition(f" {state}")
            if at and (not decided or decided.startswith(" ")):
                words = tuple(word.strip() for word in known.split(";"))
                found.append((way, item, words, WayState(state), tuple(decided.split())))
                break
        else:
            raise AssertionError(line)
    return found


def judged(way: str, item: str, *words: str) -> WayOut:
    """How a way stands for a finding of that item."""
    of = finding(item)
    return next(one for one in judge_ways(PACK, of, facts(of, *words)) if one.path.key == way)


@pytest.mark.parametrize(
    ("way", "item", "words", "state", "decided"), rows(), ids=lambda one: str(one)[:40]
)
def test_how_a_way_stands(
    way: str, item: str, words: tuple[str, ...], state: WayState, decided: tuple[str, ...]
) -> None:
    found = judged(way, item, *words)
    kinds = (
        (ReasonKind.BARRED,)
        if state is WayState.BARRED
        else (ReasonKind.UNKNOWN, ReasonKind.TO_MEET)
    )
    assert (found.state, tuple(one.condition for one in found.of_kind(*kinds))) == (state, decided)


def test_every_way_of_the_pack_is_in_the_table() -> None:
    assert {way for way, *_rest in rows()} == {one.key for one in PACK.paths}


def test_what_bars_a_way_names_its_law_and_the_fact_with_its_record() -> None:
    found = judged("split_transfer", "plot_ratio_short", "seized")
    (reason,) = found.of_kind(ReasonKind.BARRED)
    assert [(one.law, one.article) for one in reason.bases] == [
        ("中华人民共和国城市房地产管理法", "第三十八条")
    ]
    assert next((one.name, one.value, one.record_id) for one in reason.facts) == (
        "seized",
        "yes",
        "standing",
    )


def test_a_way_for_other_findings_is_judged_all_the_same() -> None:
    found = judged("phased_supply", "noise", "101 mu", "phases_agreed yes")
    assert (found.fits, found.state) == (False, WayState.OPEN)
