"""Signatures, the lock with its hash, and addenda."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from db.workspace import SqlWorkspace
from landsteward.app.addenda import add_addendum, addendum_hash
from landsteward.app.checkup_items import add_item
from landsteward.app.checkups import (
    answer_item,
    answer_rest_ok,
    checkup_sheet,
    finish_checkup,
    set_conclusion,
    set_item_note,
    set_item_value,
)
from landsteward.app.evidence import add_evidence, attach_evidence
from landsteward.app.signing import form_hash, sign_form, take_signature_back
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.signatures import Addendum, Signature, SignatureRole
from landsteward.domain.states import ItemOutcome, Severity, SubjectKind
from landsteward.domain.strokes import Stroke
from tests.helpers.casework import archive, in_checkup, line, reported
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND

WRITTEN: tuple[Stroke, ...] = (tuple((100 + 40 * n, 200 + n * n, 500 + n) for n in range(12)),)


def sign(office: Office, checkup: Checkup, role: SignatureRole, name: str) -> Signature:
    inspector = role is SignatureRole.INSPECTOR
    return sign_form(
        office.land_inspector,
        checkup_id=checkup.id,
        role=role,
        name=name,
        person_id=office.land_inspector.actor.id if inspector else None,
        strokes=WRITTEN,
        width=9000,
        height=4000,
    )


def answered(office: Office) -> Checkup:
    """A form with every answer given."""
    _, checkup = in_checkup(office)
    for department in (LAND, ECOLOGY):
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    return checkup


def now(office: Office, checkup: Checkup) -> Checkup:
    return office.workspace.checkups.get(checkup.id)


def test_all_sign_and_the_form_is_locked_with_what_they_signed(office: Office) -> None:
    checkup = answered(office)
    set_conclusion(office.land_inspector, checkup_id=checkup.id, conclusion="正常")
    mine = sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    theirs = sign(office, checkup, SignatureRole.REPRESENTATIVE, "乙示例")
    done = finish_checkup(office.land_inspector, checkup_id=checkup.id, on_paper=False)
    assert done.enterprise_representative == "乙示例"
    assert done.conclusion == "正常"
    assert {mine.content_hash, theirs.content_hash, done.content_hash} == {mine.content_hash}
    sheet = checkup_sheet(office.reader, checkup_id=checkup.id)
    assert sheet.intact is True
    assert [one.signature.strokes for one in sheet.signatures] == [WRITTEN, WRITTEN]
    assert all(one.current for one in sheet.signatures)


def test_who_has_not_signed_is_said(office: Office) -> None:
    checkup = answered(office)
    ctx = office.land_inspector
    with pytest.raises(RefusedMoveError, match="representative"):
        finish_checkup(ctx, checkup_id=checkup.id, on_paper=False)
    sign(office, checkup, SignatureRole.REPRESENTATIVE, "乙示例")
    with pytest.raises(RefusedMoveError, match="No inspector"):
        finish_checkup(ctx, checkup_id=checkup.id, on_paper=False)
    sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    with pytest.raises(RefusedMoveError, match="has signed"):
        finish_checkup(
            ctx,
            checkup_id=checkup.id,
            representative_refused=True,
            witness="丙",
            refusal_reason="不同意",
        )
    (signed,) = office.workspace.signatures.where(role=SignatureRole.REPRESENTATIVE)
    take_signature_back(ctx, signature_id=signed.id)
    with pytest.raises(RefusedMoveError, match="representative has not signed"):
        finish_checkup(ctx, checkup_id=checkup.id, representative="乙", on_paper=False)


def test_nothing_but_a_signature_counts_as_one(office: Office) -> None:
    checkup = answered(office)
    for strokes, name, complaint in (
        ((), "乙", "Nothing was signed"),
        ((((5, 5, None), (6, 6, None), (7, 7, None)),), "乙", "Nothing was signed"),
        (WRITTEN, " ", "Say who"),
    ):
        with pytest.raises(RefusedMoveError, match=complaint):
            sign_form(
                office.land_inspector,
                checkup_id=checkup.id,
                role=SignatureRole.REPRESENTATIVE,
                name=name,
                strokes=strokes,
                width=9000,
                height=4000,
            )
    assert not office.workspace.signatures.count()


def test_signing_again_takes_the_place_of_the_first_signature(office: Office) -> None:
    checkup = answered(office)
    first = sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    second = sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    assert [one.id for one in office.workspace.signatures.where()] == [second.id]
    assert first.id != second.id


def test_every_change_of_the_form_is_a_change_of_its_hash(office: Office) -> None:
    """Answer, value, note, photo, conclusion, an item added: each by itself shows."""
    checkup = answered(office)
    ctx = office.land_inspector
    ratio = line(office, checkup, "ratio").id
    seen = {form_hash(ctx, checkup=now(office, checkup))}
    photo = add_evidence(ctx, case_id=checkup.case_id, file_name="a.jpg", content=b"a")

    def shows(what: str) -> None:
        fresh = form_hash(ctx, checkup=now(office, checkup))
        assert fresh not in seen, what
        seen.add(fresh)

    set_item_value(ctx, result_id=ratio, value=Decimal("0.8"))
    shows("value")
    set_item_note(ctx, result_id=ratio, note="东侧")
    shows("note")
    answer_item(ctx, result_id=ratio, outcome=ItemOutcome.NOT_APPLICABLE)
    shows("answer")
    attach_evidence(
        ctx, evidence_id=photo.id, subject_kind=SubjectKind.ITEM_RESULT, subject_id=ratio
    )
    shows("photo")
    set_conclusion(ctx, checkup_id=checkup.id, conclusion="正常")
    shows("conclusion")
    add_item(ctx, checkup_id=checkup.id, department=LAND, title="围墙", severity=Severity.HINT)
    shows("added item")


def test_a_form_changed_after_a_signature_is_not_locked(office: Office) -> None:
    checkup = answered(office)
    ctx = office.land_inspector
    sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    sign(office, checkup, SignatureRole.REPRESENTATIVE, "乙示例")
    set_item_note(ctx, result_id=line(office, checkup, "ratio").id, note="后补")
    sheet = checkup_sheet(ctx, checkup_id=checkup.id)
    assert not any(one.current for one in sheet.signatures)
    with pytest.raises(RefusedMoveError, match="林检查、乙示例 had signed"):
        finish_checkup(ctx, checkup_id=checkup.id, on_paper=False)
    sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    sign(office, checkup, SignatureRole.REPRESENTATIVE, "乙示例")
    assert finish_checkup(ctx, checkup_id=checkup.id, on_paper=False).finished_at is not None


def test_a_later_change_shows_even_where_somebody_got_round_the_lock(office: Office) -> None:
    """The file itself refuses; with its trigger taken away, the hash no longer fits."""
    checkup = answered(office)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    result = line(office, checkup, "ratio")
    space = office.workspace
    assert isinstance(space, SqlWorkspace)
    with pytest.raises(Exception, match="finished and locked"), office.land_inspector.change():
        space.item_results.save(replace(result, note="改了"))
    assert checkup_sheet(office.reader, checkup_id=checkup.id).intact is True
    space._conn.execute("DROP TRIGGER item_results_locked")
    with office.land_inspector.change():
        space.item_results.save(replace(result, note="改了"))
    assert checkup_sheet(office.reader, checkup_id=checkup.id).intact is False


def test_signatures_are_never_rewritten(office: Office) -> None:
    checkup = answered(office)
    signed = sign(office, checkup, SignatureRole.INSPECTOR, "林检查")
    with (
        pytest.raises(Exception, match="nothing here may be changed"),
        office.land_inspector.change(),
    ):
        office.workspace.signatures.save(replace(signed, name="别人"))


# Addenda


def addendum(office: Office, checkup: Checkup, item: str | None = "ratio", **more: str) -> Addendum:
    words = {"text": "实测应为 0.85", "reason": "复核测量"} | more
    return add_addendum(
        office.ecology_lead,
        checkup_id=checkup.id,
        item_key=item,
        strokes=WRITTEN,
        width=9000,
        height=4000,
        **words,
    )


def test_a_correction_is_numbered_signed_and_stands_beside_its_item(office: Office) -> None:
    case, _ = reported(office)
    (checkup,) = office.workspace.checkups.where(case_id=case.id)
    before = office.workspace.item_results.where(checkup_id=checkup.id)
    first, second = addendum(office, checkup), addendum(office, checkup, None)
    assert (first.number, second.number) == (1, 2)
    sheet = checkup_sheet(office.reader, checkup_id=checkup.id)
    (ratio,) = (one for one in sheet.sections[0].items if one.item.key == "ratio")
    assert ratio.addenda == (first,)
    assert sheet.addenda == (first, second)
    assert sheet.intact is True, "the form itself stays as it was signed"
    assert office.workspace.item_results.where(checkup_id=checkup.id) == before
    signed = office.workspace.signatures.first(addendum_id=first.id)
    assert signed is not None
    assert signed.name == office.ecology_lead.actor.name
    assert signed.content_hash == addendum_hash(checkup, first)


def test_an_addendum_needs_words_a_reason_and_a_locked_form(office: Office) -> None:
    _, open_checkup = in_checkup(office)
    with pytest.raises(RefusedMoveError, match="still open"):
        addendum(office, open_checkup)
    for department in (LAND, ECOLOGY):
        answer_rest_ok(office.land_inspector, checkup_id=open_checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=open_checkup.id, representative="乙示例")
    for more, complaint in (({"text": " "}, "what is corrected"), ({"reason": ""}, "why")):
        with pytest.raises(RefusedMoveError, match=complaint):
            addendum(office, open_checkup, **more)
    with pytest.raises(RefusedMoveError, match="not on the form"):
        addendum(office, open_checkup, "arrears")
    assert not office.workspace.addenda.count()


def test_an_archived_case_takes_no_addendum(office: Office, tmp_path: Path) -> None:
    from landsteward.app.case_closing import close_case

    case, _ = reported(office)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    (checkup,) = office.workspace.checkups.where(case_id=case.id)
    with pytest.raises(RefusedMoveError, match="archived"):
        addendum(office, checkup)
