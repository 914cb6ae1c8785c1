"""问题: edited in place, confirmed and assigned in one action, objected, recorded by hand."""

from pathlib import Path

from PySide6.QtCore import Qt

from landsteward.domain.findings import Finding
from landsteward.domain.states import CaseStep, FindingMove, FindingOrigin, FindingState
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_checkup import DEPARTMENTS
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.finding_form import ActionForm
from ui.pages.case.finding_moves import MoveForm
from ui.pages.case.finding_objection import ObjectionForm
from ui.pages.case.findings_step import FindingsStep


def findings(hand: Hand) -> list[Finding]:
    return hand.ask(lambda ctx: ctx.workspace.findings.where(case_id=hand.case_id))


def report_with_two(hand: Hand) -> FindingsStep:
    """A finished checkup with two findings, both drafts."""
    hand.next()
    hand.next()
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    for line in form.lines.all[:2]:
        hand.press(line, Qt.Key.Key_2)
    for key in DEPARTMENTS:
        hand.click(form.sections[key])
        hand.click(form.rest)
    hand.next()
    hand.next()
    hand.write(form.finish.signing.representative, "Zhang San")
    hand.click(form.finish.signing.on_paper)
    hand.next()
    page = hand.step(CaseStep.FINDINGS)
    assert isinstance(page, FindingsStep)
    return page


def test_fields_are_kept_as_they_are_left_and_errors_keep_what_was_typed(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert page.detail is not None
        hand.write(page.detail.description, "Seen from the road")
        assert findings(hand)[0].description == "Seen from the road"
        hand.write(page.detail.deadline, "tomorrow")
        assert page.detail.deadline.problem.isVisible()
        assert page.detail.deadline.line.text() == "tomorrow"
        hand.write(page.detail.deadline, "2026/4/1")
        assert str(findings(hand)[0].deadline_on) == "2026-04-01"
        hand.write(page.detail.title, "")
        assert page.detail.title.problem.isVisible()
        assert findings(hand)[0].title
        hand.write(page.detail.title, "Idle")


def test_the_ticked_ones_are_confirmed_then_all_that_are_left(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.click(page.rows.all[1].tick)
        hand.click(page.confirm)
        assert [one.state for one in findings(hand)] == [
            FindingState.DRAFT,
            FindingState.CONFIRMED,
        ]
        hand.click(page.confirm)
        hand.click(page.assign)
        assert {one.state for one in findings(hand)} == {FindingState.ASSIGNED}
        assert page.detail is not None
        assert page.detail.title.line.isReadOnly(), "an assigned finding is no longer changed"


def state(hand: Hand) -> FindingState:
    return findings(hand)[0].state


def test_an_objection_is_recorded_and_answered_with_reasons(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.click(page.confirm)
        assert page.detail is not None
        hand.click(page.detail.moves.buttons[FindingMove.OBJECT])
        form = page.detail.moves.form
        assert isinstance(form, ObjectionForm)
        hand.click(form.send)
        assert form.raised_by.problem.isVisible(), "an objection says who objects"
        hand.write(form.raised_by, "Zhang San")
        hand.click(form.send)
        assert form.ground.problem.isVisible(), "an objection says what is objected"
        hand.write(form.ground, "Delivered late")
        hand.click(form.send)
        assert state(hand) is FindingState.OBJECTED
        assert not page.detail.findChildren(ActionForm)
        (row,) = page.detail.objections.rows.all
        assert row.content.text() == "Delivered late"
        assert "2026-03-17" in row.state.text(), "fifteen days in the shipped pack"
        hand.paste_photo(row.letters.add_tile, "red")
        assert len(row.letters.tiles) == 1

        hand.next()
        reject = page.detail.moves.buttons[FindingMove.REJECT_OBJECTION]
        assert not reject.isEnabled(), "whoever recorded it does not answer it"
        hand.become("鲁负责")
        hand.click(page.detail.moves.buttons[FindingMove.REJECT_OBJECTION])
        answer = page.detail.moves.form
        assert isinstance(answer, MoveForm)
        hand.write(answer.reason, "No proof of it")
        hand.click(answer.send)
        assert state(hand) is FindingState.CONFIRMED
        assert "No proof of it" in row.answer.text()
        events = hand.ask(lambda ctx: ctx.workspace.finding_events.where())
        assert [one.reason for one in events if one.reason] == ["Delivered late", "No proof of it"]


def test_escape_closes_the_form_of_a_move(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert page.detail is not None
        hand.click(page.detail.moves.buttons[FindingMove.DISMISS])
        form = page.detail.moves.form
        assert isinstance(form, MoveForm)
        form.reason.editor.setFocus()
        hand.press(form.reason.editor, Qt.Key.Key_Escape)
        assert not page.detail.findChildren(MoveForm)
        assert state(hand) is FindingState.DRAFT


def test_tab_never_leads_onto_the_rail(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert hand.window.shell is not None
        rail = hand.window.shell.rail
        page.confirm.setFocus()
        for _step in range(60):
            hand.press(hand.window.focusWidget(), Qt.Key.Key_Tab)
            assert not rail.isAncestorOf(hand.window.focusWidget())


def test_moves_a_person_may_not_make_are_shown_with_the_reason(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.become("顾律师")
        assert page.detail is not None
        for made in page.detail.moves.buttons.values():
            assert not made.isEnabled()
            assert made.toolTip()
        assert page.detail.title.line.isReadOnly()


def test_a_finding_by_hand_keeps_its_form_until_it_is_recorded(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        hand.page.show_step(CaseStep.FINDINGS)
        hand.settle()
        page = hand.step(CaseStep.FINDINGS)
        assert isinstance(page, FindingsStep)
        hand.click(page.empty.action)
        hand.click(page.new.send)
        assert page.new.heading.problem.isVisible()
        hand.write(page.new.heading, "Rubble on the road")
        hand.write(page.new.description, "Two heaps")

        # The window is made again: what was typed and not sent is there again.
        hand.window.rebuild()
        hand.settle()
        again = hand.step(CaseStep.FINDINGS)
        assert isinstance(again, FindingsStep)
        assert again is not page
        hand.click(again.empty.action)
        assert again.new.heading.value() == "Rubble on the road"
        assert again.new.description.value() == "Two heaps"
        hand.click(again.new.send)
        (recorded,) = findings(hand)
        assert recorded.title == "Rubble on the road"
        assert recorded.origin is FindingOrigin.MANUAL
        assert again.detail is not None
        assert again.detail.finding_id == recorded.id
        assert again.new.heading.value() == ""


def test_looking_around_leaves_nothing_behind(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.click(page.confirm)
        before = hand.ask(lambda ctx: ctx.workspace.check().audit_chain.length)
        for step in CaseStep:
            hand.page.show_step(step)
            hand.settle()
        hand.page.commit()
        hand.settle()
        assert hand.ask(lambda ctx: ctx.workspace.check().audit_chain.length) == before


def test_a_dismissed_finding_says_so_and_is_only_read(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert page.detail is not None
        assert not page.detail.root_cause.edit.isReadOnly()
        hand.click(page.detail.moves.buttons[FindingMove.DISMISS])
        form = page.detail.moves.form
        assert isinstance(form, MoveForm)
        hand.write(form.reason, "Built in time")
        hand.click(form.send)
        assert state(hand) is FindingState.TERMINATED
        assert page.detail.state.text() == "不予确认"
        assert page.rows.all[0].state.text() == "不予确认"
        for field in (page.detail.root_cause, page.detail.description, page.detail.demand):
            assert field.edit.isReadOnly(), field.caption.text()
        assert not page.detail.supervised.isEnabled()
        assert not page.detail.interviewed.isEnabled()
