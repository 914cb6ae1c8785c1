"""The checkup form: keys, values against limits, 其余无问题 with undo, and the lock."""

from pathlib import Path

from PySide6.QtCore import Qt

from landsteward.domain.casework import ItemResult
from landsteward.domain.states import CaseStep, ItemOutcome
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.checkup_step import CheckupStep

DEPARTMENTS = ("natural_resources", "ecology", "market", "industry")


def form_of(hand: Hand) -> CheckupStep:
    """The form of a visit that has begun."""
    hand.next()
    hand.next()
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    return form


def answers(hand: Hand) -> dict[str, ItemResult]:
    return hand.ask(lambda ctx: {one.item_key: one for one in ctx.workspace.item_results.where()})


def all_lines(hand: Hand, form: CheckupStep) -> int:
    """How many lines there are once all are built."""
    while form.building:
        hand.settle()
    return len(form.lines.all)


def test_a_pill_answers_by_mouse_and_takes_the_answer_back(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        line = form.lines.all[0]
        assert line.data is not None
        key = line.data.sheet.item.key
        hand.pill(line.pills, ItemOutcome.OK)
        assert answers(hand)[key].outcome is ItemOutcome.OK
        hand.pill(line.pills, ItemOutcome.OK)
        assert answers(hand)[key].outcome is None


def test_f_shows_the_basis_with_its_version(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        line = form.lines.all[0]
        hand.press(line, Qt.Key.Key_F)
        assert line.detail is not None
        assert line.detail.isVisible()
        assert "53号" in line.detail.basis.text()
        hand.press(line, Qt.Key.Key_F)
        assert not line.detail.isVisible()


def test_a_value_below_the_contract_is_said_at_once_and_becomes_a_finding(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        line = next(
            one
            for one in form.lines.all
            if one.data is not None and one.data.sheet.item.limit_from == "plot_ratio_min"
        )
        assert line.data is not None
        assert line.value is not None
        form.area.ensureWidgetVisible(line)
        hand.write(line.value, "0.62")
        assert line.strip is not None
        assert line.strip.isVisible()
        assert "0.38" in line.strip.missed.text()
        hand.click(line.strip.action)
        result = answers(hand)[line.data.sheet.item.key]
        assert result.outcome is ItemOutcome.PROBLEM
        findings = hand.ask(lambda ctx: ctx.workspace.findings.where(case_id=hand.case_id))
        assert [one.item_key for one in findings] == [line.data.sheet.item.key]
        assert findings[0].bases
        hand.click(line.strip.action)
        assert hand.page.shown is CaseStep.FINDINGS


def test_a_value_that_makes_no_sense_stays_with_its_reason(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        line = next(one for one in form.lines.all if one.value is not None)
        assert line.value is not None
        assert line.data is not None
        form.area.ensureWidgetVisible(line)
        hand.write(line.value, "4o")
        assert line.value.problem.isVisible()
        assert line.value.line.text() == "4o"
        assert answers(hand)[line.data.sheet.item.key].value is None
        hand.write(line.value, "4")


def test_the_rest_is_answered_in_one_go_and_taken_back(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        hand.press(form.lines.all[5], Qt.Key.Key_2)
        hand.click(form.rest)
        mine = [one for one in answers(hand).values() if one.department == DEPARTMENTS[0]]
        asked = len(mine) - 1
        assert sum(one.outcome is ItemOutcome.OK for one in mine) == asked - 1, (
            "all but the problem, and what follows from “not started” is not asked"
        )
        assert not form.rest.isVisible()
        hand.click(form.undo)
        mine = [one for one in answers(hand).values() if one.department == DEPARTMENTS[0]]
        assert sum(one.outcome is not None for one in mine) == 1
        assert form.rest.isVisible()


def test_filters_show_what_is_asked_and_do_not_jump(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        hand.press(form.lines.all[1], Qt.Key.Key_2)
        hand.click(form.sections["problems"])
        assert len(form.lines.all) == 1
        hand.click(form.sections["unanswered"])
        count = all_lines(hand, form)
        hand.press(form.lines.all[5], Qt.Key.Key_1)
        assert len(form.lines.all) == count, (
            "an answered line stays until the filter is chosen anew"
        )
        hand.click(form.sections["unanswered"])
        assert all_lines(hand, form) == count - 1


def test_finishing_needs_a_name_and_locks_all_answers(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        for key in DEPARTMENTS:
            hand.click(form.sections[key])
            hand.click(form.rest)
        hand.click(form.sections["finish"])
        hand.click(form.finish.button)
        assert form.finish.error.isVisible(), "nobody signs and nobody refused"
        hand.click(form.finish.signing.refused)
        hand.click(form.finish.button)
        assert form.finish.error.isVisible(), "a refusal needs its witness"
        hand.write(form.finish.signing.witness, "Wang Wu")
        hand.click(form.finish.button)
        assert form.finish.error.isVisible(), "and its reason"
        hand.write(form.finish.signing.reason, "no time")
        hand.click(form.finish.button)
        assert form.finish.error.isVisible(), "and an inspector who signs, here or on paper"
        hand.click(form.finish.signing.on_paper)
        hand.click(form.finish.button)
        hand.page.show_step(CaseStep.CHECKUP)
        hand.settle()
        hand.click(form.sections[DEPARTMENTS[0]])
        line = form.lines.all[0]
        assert form.lock.isVisible()
        assert not line.pills.isEnabled()
        before = answers(hand)
        hand.press(line, Qt.Key.Key_2)
        assert answers(hand) == before
        assert not form.rest.isVisible()


def test_photos_are_pasted_onto_the_line(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = form_of(hand)
        line = form.lines.all[0]
        hand.paste_photo(line, "red")
        assert line.detail is not None
        assert len(line.detail.photos.tiles) == 1
        assert len(hand.page.side.photos.tiles) == 1
        hand.press(line.detail.photos.tiles[0], Qt.Key.Key_Delete)
        assert not line.detail.photos.tiles
        assert len(hand.page.side.photos.tiles) == 1, "it stays in the pool"
