"""Putting cases away: the paper is laid out with no transaction open, and kept only while true."""

from dataclasses import replace

import pytest

from landsteward.app.archiving import archive_case, archived_dossier, dossier_to_archive
from landsteward.app.case_closing import close_case
from landsteward.app.register import edit_enterprise
from landsteward.domain.casework import Case
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import CaseStage
from tests.helpers.casework import archive, opened, reported
from tests.helpers.office import Office


@pytest.fixture
def closed(office: Office) -> Case:
    """A closed case."""
    case, _ = reported(office)
    return close_case(office.land_lead, case_id=case.id)


def test_only_a_closed_case_is_archived_and_then_for_ever(office: Office) -> None:
    case, _ = reported(office)
    with pytest.raises(RefusedMoveError, match="does not fit"):
        archive(office.land_lead, case.id)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    with pytest.raises(RefusedMoveError, match="does not fit"):
        archive(office.land_lead, case.id, dossier=b"y")
    (document,) = office.workspace.issued_documents.where(case_id=case.id)
    assert document.number == 1


def test_the_paper_says_what_will_be_kept(office: Office, closed: Case) -> None:
    lead = office.land_lead
    printed = dossier_to_archive(lead, case_id=closed.id)
    assert printed.issued is not None
    assert (printed.issued.number, printed.case.stage) == (1, CaseStage.ARCHIVED)
    document = archive_case(lead, printed=printed, dossier=b"No. 1", pages=3)
    assert document == replace(printed.issued, sha256=document.sha256, pages=3)
    assert office.workspace.cases.get(closed.id) == printed.case
    kept = archived_dossier(office.reader, case=printed.case)
    assert kept == (document, b"No. 1")


def test_a_paper_that_is_never_kept_uses_no_number_up(office: Office, closed: Case) -> None:
    lead = office.land_lead
    for _ in range(2):
        printed = dossier_to_archive(lead, case_id=closed.id)
        assert printed.issued is not None
        assert printed.issued.number == 1
    assert office.workspace.cases.get(closed.id) == closed
    assert office.workspace.next_number("案卷", lead.today().year) == 1


def test_what_changed_while_it_was_laid_out_is_not_archived(office: Office, closed: Case) -> None:
    lead = office.land_lead
    printed = dossier_to_archive(lead, case_id=closed.id)
    edit_enterprise(office.carrier, enterprise_id=office.enterprise.id, name="改了名的示例公司")
    with pytest.raises(RefusedMoveError, match="changed while"):
        archive_case(lead, printed=printed, dossier=b"old name", pages=3)
    assert office.workspace.cases.get(closed.id) == closed
    assert office.workspace.issued_documents.count(case_id=closed.id) == 0
    assert archive(lead, closed.id, dossier=b"new name").number == 1


def test_a_number_or_a_day_that_passed_is_not_archived(office: Office, closed: Case) -> None:
    lead = office.land_lead
    printed = dossier_to_archive(lead, case_id=closed.id)
    with lead.change():
        office.workspace.take_number("案卷", lead.today().year)
    with pytest.raises(RefusedMoveError, match="changed while"):
        archive_case(lead, printed=printed, dossier=b"x", pages=1)
    printed = dossier_to_archive(lead, case_id=closed.id)
    office.clock.pass_days(1)
    with pytest.raises(RefusedMoveError, match="changed while"):
        archive_case(lead, printed=printed, dossier=b"x", pages=1)
    assert archive(lead, closed.id).number == 2


def test_it_takes_the_role_to_prepare_and_to_keep(office: Office, closed: Case) -> None:
    printed = dossier_to_archive(office.land_lead, case_id=closed.id)
    for refused in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError, match="role"):
            dossier_to_archive(refused, case_id=closed.id)
        with pytest.raises(RefusedMoveError, match="role"):
            archive_case(refused, printed=printed, dossier=b"x", pages=1)


def test_a_case_that_is_not_archived_has_no_kept_dossier(office: Office) -> None:
    assert archived_dossier(office.reader, case=opened(office)) is None
