"""Drafts of forms that are not sent yet: kept by case and form, forgotten once sent."""

from pathlib import Path

from landsteward.app.drafts import draft_of, drop_draft, keep_draft
from tests.helpers.office import open_office


def test_a_draft_is_kept_by_case_and_form_and_forgotten_when_dropped(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    ctx = office.land_inspector
    keep_draft(ctx, case_id="a", form="follow_up", fields={"content": "半句话", "day": ""})
    assert draft_of(ctx, case_id="a", form="follow_up") == {"content": "半句话"}
    assert draft_of(ctx, case_id="b", form="follow_up") == {}
    assert draft_of(ctx, case_id="a", form="finish") == {}
    drop_draft(ctx, case_id="a", form="follow_up")
    assert draft_of(ctx, case_id="a", form="follow_up") == {}
    office.workspace.close()


def test_dropping_what_is_not_there_leaves_no_trace(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    before = office.workspace.check().audit_chain.length
    drop_draft(office.land_inspector, case_id="a", form="finish")
    assert office.workspace.check().audit_chain.length == before
    office.workspace.close()
