"""One pool of evidence per case, and what it may be taken off."""

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.evidence import (
    add_evidence,
    attach_evidence,
    describe_evidence,
    detach_evidence,
    evidence_content,
    evidence_of,
    evidence_pool,
    rectification_evidence,
)
from landsteward.app.findings import move_finding
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.app.register import add_enterprise
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.states import FindingMove, FindingState, RecheckKind, SubjectKind
from tests.helpers.casework import PHOTO, archive, close, opened, prove, rechecked, rectifying
from tests.helpers.office import Office


def take_off(office: Office, finding: Finding, evidence_id: str) -> None:
    detach_evidence(
        office.consultant,
        evidence_id=evidence_id,
        subject_kind=SubjectKind.RECTIFICATION,
        subject_id=finding.id,
    )


def test_the_same_content_comes_in_once_bit_for_bit(office: Office) -> None:
    case = opened(office)
    first = add_evidence(
        office.consultant, case_id=case.id, file_name="院内.jpg", content=PHOTO, caption="院内"
    )
    again = add_evidence(office.carrier, case_id=case.id, file_name="copy.jpg", content=PHOTO)
    assert again == first
    assert first.media_type == "image/jpeg"
    assert first.size_bytes == len(PHOTO)
    assert evidence_content(office.reader, evidence_id=first.id) == PHOTO
    assert evidence_pool(office.reader, case_id=case.id) == [first]
    with pytest.raises(InputFileError, match="empty"):
        add_evidence(office.carrier, case_id=case.id, file_name="x.jpg", content=b"")


def test_one_photo_may_prove_several_things(office: Office) -> None:
    case = opened(office)
    photo = add_evidence(office.carrier, case_id=case.id, file_name="a.jpg", content=PHOTO)
    for _ in range(2):
        attach_evidence(
            office.carrier,
            evidence_id=photo.id,
            subject_kind=SubjectKind.CASE,
            subject_id=case.id,
        )
    assert evidence_of(office.reader, subject_kind=SubjectKind.CASE, subject_id=case.id) == [photo]
    described = describe_evidence(office.carrier, evidence_id=photo.id, caption="大门", place="北")
    assert (described.caption, described.place) == ("大门", "北")
    detach_evidence(
        office.carrier, evidence_id=photo.id, subject_kind=SubjectKind.CASE, subject_id=case.id
    )
    assert evidence_of(office.reader, subject_kind=SubjectKind.CASE, subject_id=case.id) == []
    assert evidence_pool(office.reader, case_id=case.id) == [described]


def test_evidence_of_another_case_proves_nothing_here(office: Office) -> None:
    _case, (finding,), _ = rectifying(office, "start")
    other = add_enterprise(office.carrier, name="另一家示例公司")
    elsewhere = open_case(office.carrier, enterprise_id=other.id, parcel_id=None)
    photo = add_evidence(office.carrier, case_id=elsewhere.id, file_name="a.jpg", content=PHOTO)
    with pytest.raises(RefusedMoveError, match="another case"):
        attach_evidence(
            office.carrier,
            evidence_id=photo.id,
            subject_kind=SubjectKind.RECTIFICATION,
            subject_id=finding.id,
        )
    assert rectification_evidence(office.reader, finding_id=finding.id) == []


def test_proof_of_the_problem_is_no_proof_of_the_remedy(office: Office) -> None:
    case, (finding,), _ = rectifying(office, "start")
    photo = add_evidence(office.carrier, case_id=case.id, file_name="a.jpg", content=PHOTO)
    attach_evidence(
        office.carrier,
        evidence_id=photo.id,
        subject_kind=SubjectKind.FINDING,
        subject_id=finding.id,
    )
    with pytest.raises(RefusedMoveError, match="Evidence is missing"):
        move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)


def test_what_closed_a_finding_stays_with_it(office: Office) -> None:
    _, (finding,) = rechecked(office, "start")
    (proof,) = rectification_evidence(office.reader, finding_id=finding.id)
    request = request_closure(
        office.carrier, finding_id=finding.id, ground="已整改", benefit="手续", no_benefit="papers"
    )
    take_off(office, finding, proof.id)
    with pytest.raises(RefusedMoveError, match="Evidence is missing"):
        decide_closure(office.land_lead, closure_id=request.id, approved=True)
    prove(office.consultant, finding)
    decide_closure(office.land_lead, closure_id=request.id, approved=True)
    assert office.workspace.findings.get(finding.id).state is FindingState.CLOSED
    with pytest.raises(RefusedMoveError, match="settled"):
        take_off(office, finding, proof.id)
    assert len(rectification_evidence(office.reader, finding_id=finding.id)) == 1


def test_who_may_only_read_adds_no_evidence(office: Office) -> None:
    case = opened(office)
    with pytest.raises(RefusedMoveError, match="role"):
        add_evidence(office.reader, case_id=case.id, file_name="a.jpg", content=PHOTO)


def test_an_archived_case_keeps_its_evidence_as_it_is(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    ctx = office.carrier
    photo = add_evidence(ctx, case_id=case.id, file_name="a.jpg", content=b"a", caption="院内")
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    pool = evidence_pool(office.reader, case_id=case.id)
    with pytest.raises(RefusedMoveError, match="archived"):
        add_evidence(ctx, case_id=case.id, file_name="b.jpg", content=b"b")
    with pytest.raises(RefusedMoveError, match="archived"):
        describe_evidence(ctx, evidence_id=photo.id, caption="别处")
    with pytest.raises(RefusedMoveError, match="archived"):
        attach_evidence(
            ctx, evidence_id=photo.id, subject_kind=SubjectKind.CASE, subject_id=case.id
        )
    assert evidence_pool(office.reader, case_id=case.id) == pool


def test_a_look_back_at_an_archived_case_takes_photos_until_it_is_over(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    old = evidence_pool(office.reader, case_id=case.id)[0]
    ctx = office.land_inspector
    look_back = start_recheck(ctx, case_id=case.id, kind=RecheckKind.LOOK_BACK)
    (result,) = office.workspace.recheck_results.where(recheck_id=look_back.id)
    photo = add_evidence(ctx, case_id=case.id, file_name="b.jpg", content=b"b")
    attach_evidence(
        ctx,
        evidence_id=photo.id,
        subject_kind=SubjectKind.RECHECK_RESULT,
        subject_id=result.id,
    )
    assert describe_evidence(ctx, evidence_id=photo.id, caption="回访").caption == "回访"
    with pytest.raises(RefusedMoveError, match="archived"):
        describe_evidence(ctx, evidence_id=old.id, caption="别处")
    judge_recheck(ctx, result_id=result.id, passed=True, note="")
    finish_recheck(ctx, recheck_id=look_back.id)
    with pytest.raises(RefusedMoveError, match="archived"):
        describe_evidence(ctx, evidence_id=photo.id, caption="别处")
