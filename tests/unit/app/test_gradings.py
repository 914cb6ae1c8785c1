"""A run over a county: frozen, kept, worked out again, repeated, put on notice, final, back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from db.workspace import SqlWorkspace
from landsteward.app.access import set_masked
from landsteward.app.grading_marks import bring_mark_back, mark_bonus, mark_veto, remove_mark
from landsteward.app.grading_notice import (
    finish_grading,
    propose_notice,
    publish_notice,
    take_back_grading,
    withdraw_notice,
)
from landsteward.app.grading_objections import (
    decide_regrade,
    propose_regrade,
    record_objection,
    reject_objection,
)
from landsteward.app.grading_paper import grading_paper
from landsteward.app.grading_views import enterprise_gradings, grading_runs, run_view, score_view
from landsteward.app.gradings import (
    discard_draft,
    preview_grading,
    repeat_grading,
    start_grading,
    work_out_again,
)
from landsteward.app.merging import merge_enterprises
from landsteward.app.register import add_enterprise, record_year
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.grading.scope import OutOfScope
from landsteward.domain.gradings import GradingRun, ObjectionState, RunState
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Role
from tests.helpers.grading_office import YEAR, GradingOffice, open_grading_office


@pytest.fixture
def county(tmp_path: Path) -> Iterator[GradingOffice]:
    """Eight enterprises with figures of 2025, and the office's own without any."""
    opened = open_grading_office(tmp_path)
    yield opened
    opened.office.workspace.close()


@pytest.fixture
def run(county: GradingOffice) -> GradingRun:
    return start_grading(county.lead, year=YEAR)


def on_notice(county: GradingOffice, run: GradingRun) -> GradingRun:
    first = county.lead.today()
    return publish_notice(county.lead, run_id=run.id, first=first, last=propose_notice(run, first))


def final(county: GradingOffice, run: GradingRun) -> GradingRun:
    if run.state is RunState.DRAFT:
        run = on_notice(county, run)
    assert run.notice_until is not None
    county.office.clock.go_to(date(2026, 3, 9))
    return finish_grading(county.lead, run_id=run.id)


def test_who_is_in_scope_and_who_cannot_be_scored(county: GradingOffice) -> None:
    """Five above are scored; 己 is below with 9 亩, 庚 has 3 亩 and is out; 辛 has reported
    nothing. The office's own enterprise has 60 亩 and neither scale nor figures.
    """
    preview = preview_grading(county.office.reader, year=YEAR)
    assert preview.gathered.looked_at == 9
    assert preview.gathered.left_out == {OutOfScope.LAND: 1}
    lacking = {
        standing.unit.members[0].name: standing.unit.lacking
        for standing in preview.outcome.standings
        if standing.score is None
    }
    assert lacking == {"辛": ("figures", "land"), "示例机械制造有限公司": ("scale",)}
    assert county.office.workspace.grading_runs.count() == 0, "a preview keeps nothing"


def test_a_run_keeps_scores_ranks_and_grades(county: GradingOffice, run: GradingRun) -> None:
    """Tax per mu 18, 12, 6, 3, 0.6 against 12 with a cap of 1.5, weight 60: 90, 60, 30, 15, 3;
    revenue 200 against 200, weight 40: 40 each. Five: A to rank 1, B to 3.25 → 3, C to 4.75 → 5.
    """
    found = county.results(run.id)
    assert [found[name].score for name in "甲乙丙丁戊"] == [130, 100, 70, 55, 43]
    assert [found[name].rank for name in "甲乙丙丁戊"] == [1, 2, 3, 4, 5]
    assert county.grades(run.id) == "ABBCC"
    assert found["己"].rank == 1
    assert found["辛"].lacking == ("figures", "land")
    assert county.recorded("甲") is None, "a draft writes nothing on the yearly record"
    kept = county.office.workspace.grading_runs.get(run.id)
    assert kept.scheme == run.scheme
    assert (kept.pack_key, kept.pack_version) == ("small", "1")


def test_what_a_run_was_made_from_stays_as_it_was(county: GradingOffice, run: GradingRun) -> None:
    """Figures corrected afterwards change neither the run nor what it gives when repeated."""
    record_year(county.lead, enterprise_id=county.keys["戊"], year=YEAR, tax_wan=Decimal(9000))
    assert repeat_grading(county.office.reader, run_id=run.id).same
    assert work_out_again(county.lead, run_id=run.id) == 0
    assert county.grades(run.id) == "ABBCC"
    anew = start_grading(county.lead, year=YEAR)
    assert county.results(anew.id)["戊"].rank == 1


def test_the_file_itself_refuses_to_change_frozen_figures(
    county: GradingOffice, run: GradingRun
) -> None:
    space = county.office.workspace
    assert isinstance(space, SqlWorkspace)
    subject = space.grading_subjects.where(run_id=run.id)[0]
    with (
        pytest.raises(driver.IntegrityError, match="does not change"),
        county.lead.change(),
    ):
        space.grading_subjects.save(replace(subject, tax_wan=Decimal(1)))


def test_a_result_that_was_tampered_with_is_found(county: GradingOffice, run: GradingRun) -> None:
    result = county.results(run.id)["丁"]
    with county.lead.change():
        county.office.workspace.grading_results.save(replace(result, grade="A"))
    repeated = repeat_grading(county.lead, run_id=run.id)
    assert (repeated.same, repeated.differing) == (False, ("丁",))


def test_marks_count_when_the_draft_is_worked_out_again(
    county: GradingOffice, run: GradingRun
) -> None:
    """戊 43 + 30 = 73 stands before 丙 with 70; 甲 is vetoed to D and keeps its rank."""
    lead, keys = county.lead, county.keys
    mark_bonus(lead, run_id=run.id, enterprise_id=keys["戊"], points=Decimal(30), reason="专精特新")
    mark_veto(lead, run_id=run.id, enterprise_id=keys["甲"], veto="safety", reason="较大事故")
    assert county.grades(run.id) == "ABBCC"
    with pytest.raises(RefusedMoveError, match="Marks were changed"):
        on_notice(county, run)
    assert work_out_again(lead, run_id=run.id) == 4
    found = county.results(run.id)
    assert [found[name].rank for name in "甲乙戊丙丁"] == [1, 2, 3, 4, 5]
    assert county.grades(run.id) == "DBCCB"
    assert found["甲"].grade_by_rank == "A"
    assert repeat_grading(lead, run_id=run.id).same


def test_a_mark_is_taken_off_and_brought_back(county: GradingOffice, run: GradingRun) -> None:
    mark = mark_bonus(
        county.lead,
        run_id=run.id,
        enterprise_id=county.keys["戊"],
        points=Decimal(30),
        reason="专精特新",
    )
    work_out_again(county.lead, run_id=run.id)
    remove_mark(county.lead, mark_id=mark.id)
    work_out_again(county.lead, run_id=run.id)
    assert county.results(run.id)["戊"].score == 43
    bring_mark_back(county.lead, mark_id=mark.id)
    work_out_again(county.lead, run_id=run.id)
    assert county.results(run.id)["戊"].score == 73


def test_marks_are_refused_with_words(county: GradingOffice, run: GradingRun) -> None:
    lead, key = county.lead, county.keys["甲"]
    with pytest.raises(KnownError, match="reason"):
        mark_bonus(lead, run_id=run.id, enterprise_id=key, points=Decimal(1), reason=" ")
    with pytest.raises(KnownError, match="more or less than nothing"):
        mark_bonus(lead, run_id=run.id, enterprise_id=key, points=Decimal(0), reason="x")
    with pytest.raises(RefusedMoveError, match="not turned on"):
        mark_veto(lead, run_id=run.id, enterprise_id=key, veto="off", reason="x")
    mark_veto(lead, run_id=run.id, enterprise_id=key, veto="safety", reason="x")
    with pytest.raises(RefusedMoveError, match="noted already"):
        mark_veto(lead, run_id=run.id, enterprise_id=key, veto="safety", reason="y")
    with pytest.raises(RefusedMoveError, match="not part"):
        mark_bonus(
            lead, run_id=run.id, enterprise_id=county.keys["庚"], points=Decimal(1), reason="x"
        )
    with pytest.raises(RefusedMoveError, match="role"):
        mark_bonus(
            county.office.carrier, run_id=run.id, enterprise_id=key, points=Decimal(1), reason="x"
        )


def test_notice_then_final_writes_the_grades(county: GradingOffice, run: GradingRun) -> None:
    """Notice from Monday 2 to Friday 6 March: final from the 7th on, not on its last day."""
    noticed = on_notice(county, run)
    assert (noticed.notice_from, noticed.notice_until) == (date(2026, 3, 2), date(2026, 3, 6))
    with pytest.raises(RefusedMoveError, match="Only a draft"):
        work_out_again(county.lead, run_id=run.id)
    county.office.clock.go_to(date(2026, 3, 6))
    with pytest.raises(RefusedMoveError, match="runs until"):
        finish_grading(county.lead, run_id=run.id)
    county.office.clock.go_to(date(2026, 3, 7))
    done = finish_grading(county.lead, run_id=run.id)
    assert (done.state, done.final_on) == (RunState.FINAL, date(2026, 3, 7))
    assert "".join(county.recorded(name) or "-" for name in "甲乙丙丁戊己庚辛") == "ABBCCB--"
    assert county.office.workspace.check().ok


def test_a_year_has_one_final_grading(county: GradingOffice, run: GradingRun) -> None:
    final(county, run)
    second = on_notice(county, start_grading(county.lead, year=YEAR))
    county.office.clock.go_to(date(2026, 4, 1))
    with pytest.raises(RefusedMoveError, match="final grading already"):
        finish_grading(county.lead, run_id=second.id)
    take_back_grading(county.lead, run_id=run.id, reason="数据有误")
    assert finish_grading(county.lead, run_id=second.id).state is RunState.FINAL


def test_taken_back_gives_the_records_what_they_said_before(
    county: GradingOffice, run: GradingRun
) -> None:
    """甲 had B on record before; 丁's grade was changed by hand since and is left alone."""
    record_year(county.lead, enterprise_id=county.keys["甲"], year=YEAR, grade="B")
    final(county, run)
    assert county.recorded("甲") == "A"
    record_year(county.lead, enterprise_id=county.keys["丁"], year=YEAR, grade="A")
    with pytest.raises(KnownError, match="reason"):
        take_back_grading(county.lead, run_id=run.id, reason="")
    withheld = take_back_grading(county.lead, run_id=run.id, reason="数据有误")
    assert (withheld.written_back, withheld.left) == (5, ("丁",))
    assert [county.recorded(name) for name in "甲乙丁"] == ["B", None, "A"]
    kept = county.office.workspace.grading_runs.get(run.id)
    assert (kept.state, kept.reason) == (RunState.TAKEN_BACK, "数据有误")
    assert county.grades(run.id) == "ABBCC", "the run itself stays as it was"


def test_an_objection_is_upheld_by_two_people(county: GradingOffice, run: GradingRun) -> None:
    on_notice(county, run)
    key = county.keys["丁"]
    objection = record_objection(
        county.lead, run_id=run.id, enterprise_id=key, claim="能耗重复计算", raised_by="丁经理"
    )
    county.office.clock.go_to(date(2026, 3, 9))
    with pytest.raises(RefusedMoveError, match="1 objections"):
        finish_grading(county.lead, run_id=run.id)
    propose_regrade(county.lead, objection_id=objection.id, new_grade="B", answer="核实属实")
    with pytest.raises(RefusedMoveError, match="Who proposed"):
        decide_regrade(county.lead, objection_id=objection.id, approved=True, opinion="")
    assert county.grades(run.id) == "ABBCC"
    decide_regrade(county.second, objection_id=objection.id, approved=True, opinion="同意")
    assert county.grades(run.id) == "ABBBC"
    assert county.results(run.id)["丁"].regraded_from == "C"
    assert repeat_grading(county.lead, run_id=run.id).same, "what was worked out is still known"
    finish_grading(county.lead, run_id=run.id)
    assert county.recorded("丁") == "B"


def test_what_is_not_approved_is_open_again(county: GradingOffice, run: GradingRun) -> None:
    on_notice(county, run)
    objection = record_objection(
        county.lead, run_id=run.id, enterprise_id=county.keys["丁"], claim="x", raised_by="丁"
    )
    propose_regrade(county.lead, objection_id=objection.id, new_grade="A", answer="x")
    with pytest.raises(KnownError, match="reason"):
        decide_regrade(county.second, objection_id=objection.id, approved=False, opinion=" ")
    back = decide_regrade(
        county.second, objection_id=objection.id, approved=False, opinion="依据不足"
    )
    assert (back.state, back.approval) == (ObjectionState.OPEN, "依据不足")
    propose_regrade(county.second, objection_id=objection.id, new_grade="B", answer="改为B")
    reject = decide_regrade(county.lead, objection_id=objection.id, approved=True, opinion="")
    assert reject.state is ObjectionState.APPROVED


def test_an_objection_is_not_upheld_with_a_reason(county: GradingOffice, run: GradingRun) -> None:
    on_notice(county, run)
    objection = record_objection(
        county.lead, run_id=run.id, enterprise_id=county.keys["丁"], claim="x", raised_by="丁"
    )
    with pytest.raises(RefusedMoveError, match="already"):
        propose_regrade(county.lead, objection_id=objection.id, new_grade="C", answer="x")
    answered = reject_objection(county.lead, objection_id=objection.id, answer="数据无误")
    assert answered.state is ObjectionState.REJECTED
    assert county.grades(run.id) == "ABBCC"


def test_regrading_after_the_end_reaches_the_yearly_record(
    county: GradingOffice, run: GradingRun
) -> None:
    final(county, run)
    objection = record_objection(
        county.lead, run_id=run.id, enterprise_id=county.keys["戊"], claim="复核", raised_by=""
    )
    propose_regrade(county.lead, objection_id=objection.id, new_grade="D", answer="事故")
    decide_regrade(county.second, objection_id=objection.id, approved=True, opinion="同意")
    assert county.recorded("戊") == "D"
    take_back_grading(county.lead, run_id=run.id, reason="重做")
    assert county.recorded("戊") is None, "it had none before"


def test_a_withdrawn_notice_is_a_draft_again(county: GradingOffice, run: GradingRun) -> None:
    on_notice(county, run)
    objection = record_objection(
        county.lead, run_id=run.id, enterprise_id=county.keys["丁"], claim="x", raised_by="丁"
    )
    propose_regrade(county.lead, objection_id=objection.id, new_grade="A", answer="x")
    decide_regrade(county.second, objection_id=objection.id, approved=True, opinion="")
    back = withdraw_notice(county.lead, run_id=run.id, reason="权重有误")
    assert (back.state, back.notice_until) == (RunState.DRAFT, None)
    assert county.grades(run.id) == "ABBCC"
    opened = county.office.workspace.grading_objections.get(objection.id)
    assert opened.state is ObjectionState.OPEN


def test_a_draft_is_discarded_whole(county: GradingOffice, run: GradingRun) -> None:
    discard_draft(county.lead, run_id=run.id)
    space = county.office.workspace
    assert [store.count() for store in (space.grading_runs, space.grading_subjects)] == [0, 0]
    assert space.grading_results.count() == 0


def test_nobody_in_scope_and_no_scheme_are_said(county: GradingOffice) -> None:
    with pytest.raises(RecordNotFoundError, match="no grading scheme nope"):
        start_grading(county.lead, year=YEAR, scheme_key="nope")
    with pytest.raises(RefusedMoveError, match="role"):
        start_grading(county.office.carrier, year=YEAR)


def test_a_score_line_by_line(county: GradingOffice, run: GradingRun) -> None:
    """乙: 180 ÷ 15 = 12; 12 ÷ 12 = 1; × 60 = 60. 3 000 ÷ 15 = 200; ÷ 200 = 1; × 40 = 40."""
    view = score_view(county.office.reader, result_id=county.results(run.id)["乙"].id)
    assert view.score is not None
    assert [one.weighted.metric for one in view.score.steps] == ["tax_per_mu", "revenue_per_mu"]
    assert [one.value for one in view.score.steps] == [12, 200]
    assert [one.ratio for one in view.score.steps] == [1, 1]
    assert [one.points for one in view.score.steps] == [60, 40]
    assert view.score.total == 100
    assert (view.result.rank, view.of) == (2, 5)


def test_a_score_is_not_worked_out_without_what_is_masked(
    county: GradingOffice, run: GradingRun
) -> None:
    """Without taxes the stand-in would count: that would be another score, not this one."""
    set_masked(county.office.administrator, role=Role.READER, kind=Restricted.TAX, masked=True)
    key = county.results(run.id)["乙"].id
    masked = replace(county.office.reader)
    view = score_view(masked, result_id=key)
    assert (view.restricted, view.score, view.result.grade) == (True, None, "B")
    lines = grading_paper(masked, run_id=run.id).lines
    assert {(one.restricted, one.score) for one in lines if one.rank is not None} == {(True, "")}
    seen = score_view(county.lead, result_id=key)
    assert seen.score is not None
    assert not any(one.restricted for one in grading_paper(county.lead, run_id=run.id).lines)


def test_the_runs_and_a_run_as_pages_show_them(county: GradingOffice, run: GradingRun) -> None:
    (line,) = grading_runs(county.office.reader)
    assert [line.count(grade) for grade in ("A", "B", "C", "D", None)] == [1, 3, 2, 0, 2]
    view = run_view(county.office.reader, run_id=run.id)
    assert [one.score for one in view.scores if one.scale.value == "above"] == [
        130,
        100,
        70,
        55,
        43,
    ]
    assert view.changes == {"better": 1}


def test_the_list_is_narrowed_by_group_grade_and_change(
    county: GradingOffice, run: GradingRun
) -> None:
    lists = county.office.workspace.lists

    def names(**equal: str) -> list[object]:
        wanted = ListFilter(equal={"run_id": run.id, **equal})
        ids = lists.ids(ListKind.GRADING, wanted, Sort(column="rank"))
        return [row.cells["name"] for row in lists.rows(ListKind.GRADING, ids)]

    assert names(scale="above", state="scored") == list("甲乙丙丁戊")
    assert names(grade="B", scale="above") == ["乙", "丙"]
    assert names(change="better") == ["甲"]
    assert set(names(state="unscored")) == {"辛", "示例机械制造有限公司"}


def test_a_merged_enterprise_keeps_its_gradings(county: GradingOffice, run: GradingRun) -> None:
    """己 is merged into 庚 between notice and end: its grade goes to the record that stayed."""
    on_notice(county, run)
    other = add_enterprise(county.lead, name="庚号新厂")
    merge_enterprises(county.lead, stays_id=other.id, goes_id=county.keys["己"])
    county.office.clock.go_to(date(2026, 3, 9))
    finish_grading(county.lead, run_id=run.id)
    metrics = county.office.workspace.yearly_metrics.first(enterprise_id=other.id, year=YEAR)
    assert metrics is not None
    assert metrics.grade == "B"
    ((of, result),) = enterprise_gradings(county.lead, enterprise_id=other.id)
    assert (of.id, result.grade) == (run.id, "B")


def test_a_run_that_is_stopped_leaves_nothing(county: GradingOffice) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        start_grading(county.lead, year=YEAR, progress=stop)
    assert county.office.workspace.grading_runs.count() == 0
    assert county.office.workspace.grading_subjects.count() == 0
