"""The items of a form: those that follow from others, and those added on the spot."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from landsteward.app.cases import case_facts
from landsteward.app.checkup_items import add_item, take_item_off
from landsteward.app.checkups import (
    answer_item,
    answer_rest_ok,
    checkup_sheet,
    finish_checkup,
    take_answers_back,
)
from landsteward.app.findings import finding_from_item
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import LegalBasis
from landsteward.domain.following import Follows
from landsteward.domain.states import ItemOutcome, Severity
from tests.helpers.casework import in_checkup, line, problem
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import ECOLOGY, LAND, SMALL_PACK, OnePack

LED = {
    "ratio": Follows(item="start", answers=(ItemOutcome.PROBLEM,)),
    "fence": Follows(item="ratio", answers=(ItemOutcome.OK,)),
}
FOLLOWING_PACK = replace(
    SMALL_PACK,
    items=tuple(replace(one, follows=LED.get(one.key)) for one in SMALL_PACK.items),
)


@pytest.fixture
def leading(tmp_path: Path) -> Iterator[Office]:
    """An office whose pack asks ratio after start, and fence after ratio."""
    made = open_office(tmp_path, packs=OnePack(FOLLOWING_PACK))
    yield made
    made.workspace.close()


def asked(office: Office, checkup: Checkup) -> list[str]:
    sheet = checkup_sheet(office.reader, checkup_id=checkup.id)
    return [one.item.key for section in sheet.sections for one in section.items]


def answer(office: Office, checkup: Checkup, key: str, outcome: ItemOutcome | None) -> None:
    result = line(office, checkup, key)
    answer_item(office.land_inspector, result_id=result.id, outcome=outcome)


def test_a_follower_is_on_the_form_only_then(leading: Office) -> None:
    case, checkup = in_checkup(leading)
    assert asked(leading, checkup) == ["start", "permit", "noise"]
    assert case_facts(leading.reader, case_id=case.id).unanswered_items == 3
    answer(leading, checkup, "start", ItemOutcome.PROBLEM)
    assert asked(leading, checkup) == ["start", "ratio", "permit", "noise"]
    assert case_facts(leading.reader, case_id=case.id).unanswered_items == 3
    answer(leading, checkup, "start", ItemOutcome.OK)
    assert asked(leading, checkup) == ["start", "permit", "noise"]


def test_a_paper_to_fill_in_by_hand_has_them_all(leading: Office) -> None:
    _, checkup = in_checkup(leading)
    sheet = checkup_sheet(leading.reader, checkup_id=checkup.id, whole=True)
    listed = [(one.number, one.item.key) for section in sheet.sections for one in section.items]
    assert listed == [(1, "start"), (2, "ratio"), (3, "fence"), (4, "permit"), (5, "noise")]
    numbers = {
        one.item.key: one.number
        for section in checkup_sheet(leading.reader, checkup_id=checkup.id).sections
        for one in section.items
    }
    assert numbers == {"start": 1, "permit": 4, "noise": 5}, "the same number on every paper"


def test_the_rest_reaches_what_follows_and_is_taken_back_whole(leading: Office) -> None:
    """start 有问题 asks ratio; ratio 无问题 by the rest asks fence, which is answered along."""
    _, checkup = in_checkup(leading)
    answer(leading, checkup, "start", ItemOutcome.PROBLEM)
    done = answer_rest_ok(leading.land_inspector, checkup_id=checkup.id, department=LAND)
    assert [line(leading, checkup, key).outcome for key in ("ratio", "fence")] == [
        ItemOutcome.OK,
        ItemOutcome.OK,
    ]
    take_answers_back(leading.land_inspector, result_ids=done)
    assert asked(leading, checkup) == ["start", "ratio", "permit", "noise"]


def test_an_item_with_a_finding_stays_asked(leading: Office) -> None:
    _, checkup = in_checkup(leading)
    answer(leading, checkup, "start", ItemOutcome.PROBLEM)
    problem(leading, checkup, "ratio")
    for outcome in (ItemOutcome.OK, None):
        with pytest.raises(RefusedMoveError, match="finding 1 already"):
            answer(leading, checkup, "start", outcome)
    assert "ratio" in asked(leading, checkup)


def test_what_is_not_asked_keeps_nobody_from_finishing(leading: Office) -> None:
    _, checkup = in_checkup(leading)
    for department in (LAND, ECOLOGY):
        answer_rest_ok(leading.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(leading.land_inspector, checkup_id=checkup.id, representative="乙示例")
    assert line(leading, checkup, "ratio").outcome is None


# Added on the spot

BASIS = LegalBasis(law="示例办法", article="第九条", version="new edition")


def test_an_added_item_is_answered_and_becomes_a_finding_like_any_other(office: Office) -> None:
    _, checkup = in_checkup(office)
    ctx = office.land_inspector
    made = add_item(
        ctx,
        checkup_id=checkup.id,
        department=LAND,
        title=" 厂区围墙占压绿线 ",
        severity=Severity.SERIOUS,
        bases=(BASIS,),
        outcome=ItemOutcome.PROBLEM,
    )
    sheet = checkup_sheet(ctx, checkup_id=checkup.id)
    added = sheet.sections[0].items[-1]
    assert (added.item.title, added.added, added.bases) == ("厂区围墙占压绿线", True, (BASIS,))
    assert added.number == 6, "counted after the list, so that no number of the list moves"
    finding = finding_from_item(ctx, result_id=made.id)
    assert (finding.title, finding.severity) == ("厂区围墙占压绿线", Severity.SERIOUS)
    assert finding.bases == (BASIS,)
    again = checkup_sheet(ctx, checkup_id=checkup.id).sections[0].items[-1]
    assert again.finding == finding
    with pytest.raises(RefusedMoveError, match="finding 1 already"):
        take_item_off(ctx, result_id=made.id)


def test_an_added_item_is_taken_off_again(office: Office) -> None:
    _, checkup = in_checkup(office)
    ctx = office.land_inspector
    made = add_item(
        ctx, checkup_id=checkup.id, department=ECOLOGY, title="气味", severity=Severity.HINT
    )
    take_item_off(ctx, result_id=made.id)
    assert asked(office, checkup) == ["start", "ratio", "fence", "permit", "noise"]
    with pytest.raises(RefusedMoveError, match="pack's list"):
        take_item_off(ctx, result_id=line(office, checkup, "noise").id)


def test_an_added_item_needs_words_and_a_department_of_the_visit(office: Office) -> None:
    _, checkup = in_checkup(office)
    for department, title, complaint in ((LAND, " ", "what is to be"), ("tax", "账", "take part")):
        with pytest.raises(RefusedMoveError, match=complaint):
            add_item(
                office.land_inspector,
                checkup_id=checkup.id,
                department=department,
                title=title,
                severity=Severity.HINT,
            )
