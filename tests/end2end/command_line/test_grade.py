"""`grade`: what it prints, what it keeps, and that it comes to the same as by hand."""

from decimal import Decimal
from pathlib import Path

from landsteward import bootstrap
from landsteward.app.register import record_year
from landsteward.cli import basics
from tests.end2end.command_line.commands import TODAY, Command


def test_a_dry_run_prints_every_step_and_keeps_nothing(run: Command, park: Path) -> None:
    """本草药业: tax 1 390.05 over 90 亩 = 15.445; the seven above the threshold together give the
    baseline; ratio above 1.5 is capped: 1.5 × 30 = 45 points.
    """
    before = park.read_bytes()
    said = run("grade", "-w", park, "--year", "2025", "--json")
    assert said.status == basics.DONE
    found = said.json()
    assert (found["year"], found["scheme"], found["run"]) == (2025, "sample_ratio", None)
    assert found["looked_at"] == 13
    pharma = next(one for one in found["results"] if one["enterprise"] == "示例本草药业有限公司")
    assert (pharma["group"], pharma["rank"], pharma["of"], pharma["grade"]) == ("above", 2, 7, "B")
    tax = pharma["steps"][0]
    assert (tax["indicator"], tax["value"], tax["points"]) == ("tax_per_mu", "15.4450", "45.0000")
    assert Decimal(tax["ratio"]) > Decimal("1.5") == Decimal(tax["counted"])
    total = sum(Decimal(one["points"]) for one in pharma["steps"])
    assert round(total, 2) == Decimal(pharma["score"])
    assert "2025, Sample A: beside the county's average: 13 scored" in said.err
    assert park.read_bytes() == before


def test_lines_for_a_terminal_by_another_scheme(run: Command, park: Path) -> None:
    said = run("grade", "-w", park, "--year", "2025", "--scheme", "sample_range")
    first = said.out.splitlines()[0].split("\t")
    assert first[:3] == ["above", "1", "示例微芯电子有限公司"]
    assert first[4] == "A"
    assert len(said.out.splitlines()) == 13


def test_who_cannot_be_scored_is_said_and_ends_with_one(run: Command, park: Path) -> None:
    workspace = bootstrap.open_workspace(park)
    try:
        actor = bootstrap.command_line_actor(
            workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
        )
        context = bootstrap.make_context(workspace, actor=actor)
        (pharma,) = workspace.enterprises.where(name="示例本草药业有限公司")
        record_year(context, enterprise_id=pharma.id, year=2025, energy_tce=None)
    finally:
        workspace.close()
    said = run("grade", "-w", park, "--year", "2025", "--json")
    assert said.status == basics.WITH_REJECTS
    (lacking,) = (one for one in said.json()["results"] if one["cannot_be_scored"])
    assert lacking["enterprise"] == "示例本草药业有限公司"
    assert lacking["cannot_be_scored"] == "energy is not on record"
    assert (lacking["rank"], lacking["grade"], lacking["steps"]) == (None, None, [])
    lines = run("grade", "-w", park, "--year", "2025").out.splitlines()
    why = "cannot be scored: energy is not on record"
    assert f"above\t–\t示例本草药业有限公司\t–\t–\t{why}" in lines


def test_keep_makes_a_draft(run: Command, park: Path) -> None:
    said = run("grade", "-w", park, "--year", "2025", "--keep", "--on", TODAY, "--json")
    key = said.json()["run"]
    workspace = bootstrap.open_workspace(park)
    try:
        kept = workspace.grading_runs.get(key)
        assert (kept.year, kept.state) == (2025, "draft")
        assert workspace.grading_results.count(run_id=key) == 13
    finally:
        workspace.close()


def test_what_is_wrong_is_refused_in_words(run: Command, park: Path) -> None:
    said = run("grade", "-w", park, "--year", "2025", "--scheme", "ours")
    assert said.status == basics.REFUSED
    assert "no grading scheme ours" in said.err
    assert "sample_ratio, sample_range" in said.err
    said = run("grade", "-w", park, "--year", "1999", "--json")
    assert said.status == basics.WITH_REJECTS
    assert all("no figures" in one["cannot_be_scored"] for one in said.json()["results"])
