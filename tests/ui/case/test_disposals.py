"""问题 beside rectification: bases searched for, slips, fixes on the spot, joint disposal."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.findings import edit_finding
from landsteward.app.referrals import slips_of
from landsteward.domain.casework import Case
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.findings import Finding
from landsteward.domain.states import CaseStep, Disposal, FindingMove, FindingState, SlipKind
from tests.helpers.casework import in_checkup, problem
from tests.helpers.office import Office
from tests.helpers.pdf_reading import flow_of
from tests.ui.case.hand import Hand, at_the_case_page
from ui.dialogs.paper import PaperDialog, PdfDialog
from ui.pages.case.finding_slip_form import SlipForm
from ui.pages.case.finding_slips import ReceiptForm, ReplyForm, VoidForm
from ui.pages.case.finding_spot import SpotForm
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.joint_measures import DoneForm, MeasureForm


def two_problems(office: Office, case: Case) -> None:
    """A report with problems of two departments."""
    _, checkup = in_checkup(office, case)
    problem(office, checkup, "start_overdue_1y")
    problem(office, checkup, "noise")
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")


def findings(hand: Hand) -> list[Finding]:
    return hand.ask(lambda ctx: ctx.workspace.findings.where(case_id=hand.case_id))


def step_of(hand: Hand) -> FindingsStep:
    hand.page.show_step(CaseStep.FINDINGS)
    hand.settle()
    page = hand.step(CaseStep.FINDINGS)
    assert isinstance(page, FindingsStep)
    assert page.detail is not None
    return page


def papers(hand: Hand) -> list[IssuedDocument]:
    return hand.ask(lambda ctx: ctx.workspace.issued_documents.where(case_id=hand.case_id))


def test_a_basis_is_typed_taken_and_taken_out(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=two_problems) as hand:
        detail = step_of(hand).detail
        assert detail is not None
        before = findings(hand)[0].bases
        search = detail.bases.search
        search.setFocus()
        QApplication.clipboard().setText("土地管理法 77")
        QTest.keyClick(search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        offered = [
            detail.bases.offers.model.item(row).text()
            for row in range(detail.bases.offers.model.rowCount())
        ]
        assert "第七十七条" in offered[0]
        assert "2019年修正" in offered[0]
        assert offered[-1] == "自行填写：土地管理法 77"
        hand.press(search, Qt.Key.Key_Return)
        assert [one.article for one in findings(hand)[0].bases] == [
            *(one.article for one in before),
            "第七十七条",
        ]
        QApplication.clipboard().setText("园区协议第三条")
        search.setFocus()
        QTest.keyClick(search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        model = detail.bases.offers.model
        assert model.rowCount() == 1, "the pack knows no such law"
        hand.press(search, Qt.Key.Key_Return)
        assert findings(hand)[0].bases[-1].own_words
        away = [one for one in detail.bases.findChildren(QPushButton) if one.text() == "×"]
        hand.click(away[-1])
        assert not findings(hand)[0].bases[-1].own_words
        hand.click(detail.bases.undo)
        assert findings(hand)[0].bases[-1].own_words
        assert not detail.bases.undo.isVisible()


def test_category_cause_and_day_are_kept(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=two_problems) as hand:
        detail = step_of(hand).detail
        assert detail is not None
        assert detail.category.value() == "idle_land"
        detail.cause_key.box.setFocus()
        hand.press(detail.cause_key.box, Qt.Key.Key_Down)
        assert findings(hand)[0].root_cause_key == "funding"
        hand.write(detail.violated, "1999-01-01")
        assert detail.violated.problem.isVisible(), "no edition was in force then"
        assert findings(hand)[0].violated_on != detail.violated.value()
        hand.write(detail.violated, "2026-02-01")
        assert str(findings(hand)[0].violated_on) == "2026-02-01"


def test_a_transfer_slip_is_seen_issued_received_and_answered(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who="鲁负责", before=two_problems) as hand:
        page = step_of(hand)
        hand.click(page.confirm)
        detail = page.detail
        assert detail is not None
        hand.click(detail.moves.buttons[FindingMove.TRANSFER])
        form = detail.moves.form
        assert isinstance(form, SlipForm)
        assert form.facts.value(), "the facts are those of the finding"
        hand.click(form.send)
        assert form.recipient.problem.isVisible()
        hand.write(form.recipient, "示例执法支队")
        hand.click(form.preview)
        dialog = form.findChild(PdfDialog)
        assert dialog is not None
        assert dialog.windowTitle() == "体检移〔2026〕1号"
        assert dialog.pages.document_shown.pageCount() >= 2
        dialog.close()
        hand.settle()
        assert papers(hand) == [], "what was only seen is not issued"

        hand.click(form.send)
        (paper,) = papers(hand)
        assert (paper.kind, paper.number) == ("transfer_slip", 1)
        content = hand.ask(lambda ctx: ctx.workspace.blobs.get(paper.sha256))
        text = flow_of(content)
        assert "体检移〔2026〕1号" in text
        assert "示例执法支队" in text
        assert "送达回证" in text
        gone = findings(hand)[0]
        assert (gone.state, gone.disposal) == (FindingState.TRANSFERRED, Disposal.REFER)
        (row,) = detail.slips.rows.all
        assert "示例执法支队" in row.text.text[0]
        hand.click(row.view)
        kept = row.findChild(PaperDialog)
        assert kept is not None
        kept.close()
        hand.settle()

        hand.click(row.receipt)
        receipt = row.form
        assert isinstance(receipt, ReceiptForm)
        hand.write(receipt.received_by, "Wang Wu")
        hand.click(receipt.send)
        assert not row.receipt.isVisible()
        hand.click(row.reply)
        reply = row.form
        assert isinstance(reply, ReplyForm)
        hand.write(reply.reply, "Not ours")
        hand.click(reply.send)
        assert reply.accepted is not None
        assert reply.accepted.problem.isVisible(), "whether it was taken over must be said"
        reply.accepted.box.setFocus()
        hand.press(reply.accepted.box, Qt.Key.Key_End)
        hand.click(reply.send)
        assert findings(hand)[0].state is FindingState.CONFIRMED, "it came back"
        assert row.state.text() == "未受理，退回"


def test_a_voided_notice_keeps_its_number(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who="鲁负责", before=two_problems) as hand:
        page = step_of(hand)
        hand.click(page.confirm)
        detail = page.detail
        assert detail is not None
        for number in (1, 2):
            hand.click(detail.moves.buttons[SlipKind.NOTICE])
            form = detail.moves.form
            assert isinstance(form, SlipForm)
            hand.write(form.recipient, f"示例局{number}")
            hand.click(form.send)
            assert len(papers(hand)) == number
            if number == 1:
                (row,) = detail.slips.rows.all
                hand.click(row.void)
                void = row.form
                assert isinstance(void, VoidForm)
                hand.write(void.reason, "Wrong bureau")
                hand.click(void.send)
                assert row.state.text() == "已作废"
                assert not row.reply.isVisible()
        assert findings(hand)[0].state is FindingState.CONFIRMED
        finding_id = findings(hand)[0].id
        slips = hand.ask(lambda ctx: slips_of(ctx, finding_id=finding_id))
        assert [one.number for one in slips] == ["体检抄〔2026〕1号", "体检抄〔2026〕2号"]


def test_a_fix_on_the_spot_asks_for_both_photos_and_waits_for_a_colleague(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=two_problems) as hand:
        page = step_of(hand)
        detail = page.detail
        assert detail is not None
        assert not detail.moves.buttons[FindingMove.FIX_IMMEDIATELY].isEnabled()
        hand.paste_photo(detail.photos.add_tile, "red")
        hand.paste_photo(detail.proof.add_tile, "green")
        hand.click(detail.moves.buttons[FindingMove.FIX_IMMEDIATELY])
        form = detail.moves.form
        assert isinstance(form, SpotForm)
        hand.write(form.done, "Mended at once")
        hand.click(form.send)
        assert form.benefit.problem.isVisible()
        hand.write(form.benefit, "None due")
        hand.choose(form.reason, 1)
        hand.click(form.send)
        assert findings(hand)[0].state is FindingState.RECHECK
        requests = hand.ask(lambda ctx: ctx.workspace.closures.where())
        assert [one.approved for one in requests] == [None], "a second person decides"


def test_findings_of_one_cause_are_bound_measured_and_concluded(tmp_path: Path) -> None:
    def before(office: Office, case: Case) -> None:
        two_problems(office, case)
        for one in office.workspace.findings.where(case_id=case.id):
            edit_finding(office.land_inspector, finding_id=one.id, root_cause_key="funding")

    with at_the_case_page(tmp_path, who="鲁负责", before=before) as hand:
        page = step_of(hand)
        detail = page.detail
        assert detail is not None
        joint = detail.joint
        assert "资金不足" in joint.advice.text()
        hand.click(joint.bind)
        assert joint.bound.isVisible()
        assert joint.bound.cause.value() == "资金不足"
        assert "联合处置1" in page.rows.all[1].text.text[1]
        hand.click(joint.bound.measures.add)
        form = joint.bound.measures.form
        assert isinstance(form, MeasureForm)
        hand.click(form.send)
        assert form.measure.problem.isVisible()
        hand.write(form.measure, "Meet the bank")
        hand.write(form.due, "2026-04-01")
        hand.click(form.send)
        (row,) = joint.bound.measures.rows.all
        assert row.text.text[0] == "Meet the bank"
        hand.click(row.away)
        assert joint.bound.measures.rows.all == []
        hand.click(joint.bound.measures.undo)
        (row,) = joint.bound.measures.rows.all
        hand.write(joint.bound.record, "Three meetings")
        hand.click(joint.bound.conclude)
        assert joint.bound.refusal.isVisible(), "a measure is not done yet"
        hand.click(row.done)
        done = joint.bound.measures.form
        assert isinstance(done, DoneForm)
        hand.click(done.send)
        hand.click(joint.bound.conclude)
        (kept,) = hand.ask(lambda ctx: ctx.workspace.joint_disposals.where())
        assert kept.concluded_on is not None
        assert kept.record == "Three meetings"
        assert not joint.bound.conclude.isVisible()


def test_findings_are_chosen_by_hand(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who="鲁负责", before=two_problems) as hand:
        detail = step_of(hand).detail
        assert detail is not None
        hand.click(detail.joint.choose)
        form = detail.joint.form
        assert form is not None
        hand.click(form.send)
        assert form.error.isVisible(), "one finding is not bound by itself"
        other = [one for one in form.findChildren(QCheckBox) if one.isEnabled()]
        hand.click(other[0])
        hand.write(form.cause, "One owner")
        hand.click(form.send)
        (kept,) = hand.ask(lambda ctx: ctx.workspace.joint_disposals.where())
        assert kept.cause == "One owner"
        assert len(hand.ask(lambda ctx: ctx.workspace.joint_findings.where())) == 2
