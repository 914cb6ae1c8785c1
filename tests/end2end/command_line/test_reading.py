"""`cases`, `screen`, `dossier`, `form`: what they print and write."""

import hashlib
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from landsteward import bootstrap
from landsteward.cli import basics
from tests.end2end.command_line.commands import TODAY, Command, left_in


def test_cases_in_json_and_in_lines(run: Command, park: Path) -> None:
    rows = run("cases", "--workspace", park, "--json").json()
    assert len(rows) == 12
    assert list(rows[0]) == [
        "case_no",
        "enterprise",
        "stage",
        "findings",
        "open_findings",
        "next_step",
    ]
    assert next(one for one in rows if one["case_no"] == "体检〔2026〕1号") == {
        "case_no": "体检〔2026〕1号",
        "enterprise": "示例本草药业有限公司",
        "stage": "archived",
        "findings": 1,
        "open_findings": 0,
        "next_step": "nothing",
    }
    lines = run("cases", "-w", park)
    assert "体检〔2026〕1号\t示例本草药业有限公司\tNothing left to do" in lines.out.splitlines()
    assert len(lines.out.splitlines()) == 12
    assert lines.err == "12 cases.\n"


def test_screen_in_json_depends_on_the_day_alone(run: Command, park: Path) -> None:
    said = run("screen", "-w", park, "--on", TODAY, "--json")
    assert said.status == basics.DONE
    found = said.json()
    assert set(found[0]) == {
        "enterprise",
        "parcel",
        "electronic_no",
        "rule",
        "severity",
        "facts",
        "legal_basis",
    }
    idle = next(one for one in found if one["rule"] == "idle_not_started" and one["severity"] == 1)
    assert idle["enterprise"] == "示例光合新能源有限公司"
    assert idle["facts"]["full_years_overdue"] == 2
    assert {"law", "article", "version"} <= set(idle["legal_basis"][0])
    assert "33 suspicions in 12 parcels and 13 enterprises on 2026-11-22" in said.err
    assert "cannot be judged" in said.err
    # 闲置土地处置办法 is in force from 2012-07-01: nothing rests on it before that day.
    before = run("screen", "-w", park, "--on", "2012-06-30", "--json")
    assert before.json() == []
    assert "no legal basis is in force on 2012-06-30" in before.err
    assert run("screen", "-w", park, "--on", TODAY, "--json").out == said.out
    lines = run("screen", "-w", park, "--on", TODAY)
    assert len(lines.out.splitlines()) == len(found)


def test_ways_in_json_and_in_lines(run: Command, park: Path) -> None:
    """The textile mill: building suspended, the land seized, D two years running."""
    findings = run("ways", "体检[2026]3号", "-w", park, "--on", TODAY, "--json").json()
    assert [one["finding"] for one in findings] == [1, 2]
    ways = {one["way"]: one for one in findings[0]["ways"] if one["fits"]}
    assert (ways["idle_fee"]["state"], ways["secondary_market"]["state"]) == ("barred", "barred")
    assert (ways["replace_tenant"]["state"], ways["judicial"]["state"]) == ("open", "open_if")
    seized = ways["secondary_market"]["reasons"][0]
    assert (seized["kind"], seized["facts"]["seized_by"]) == ("barred", "示例县人民法院")
    assert seized["legal_basis"][0]["article"] == "第三十八条"
    lines = run("ways", "体检[2026]3号", "-w", park, "--on", TODAY)
    assert lines.status == basics.DONE
    assert "\tbarred\t二级市场转让、出租、抵押\t" not in lines.out, (
        "names in the language asked for"
    )
    assert (
        "\tbarred\tTransfer, let or mortgage on the secondary market\t✕ No transfer while"
        in lines.out
    )
    assert lines.err == "2 findings.\n"
    before = run("ways", "体检[2026]3号", "-w", park, "--on", "2023-01-01", "--json").json()
    assert all(one["state"] != "open" for one in before[0]["ways"] if one["way"] != "judicial")


@pytest.mark.parametrize("typed", ["体检〔2026〕1号", "体检[2026]1号", "体检(2026)1号"])
def test_dossier_by_number(run: Command, park: Path, tmp_path: Path, typed: str) -> None:
    output = tmp_path / "案卷.pdf"
    said = run("dossier", typed, "-w", park, "--output", output, "--on", TODAY)
    assert (said.status, said.out) == (basics.DONE, "")
    pages = PdfReader(io.BytesIO(output.read_bytes())).pages
    assert len(pages) > 5
    assert "示例本草药业有限公司" in pages[0].extract_text().replace("\n", "")
    first = output.read_bytes()
    run("dossier", typed, "-w", park, "--output", output, "--on", TODAY)
    assert output.read_bytes() == first


def test_an_archived_case_gives_the_paper_it_was_archived_with(
    run: Command, park: Path, tmp_path: Path
) -> None:
    workspace = bootstrap.open_workspace(park, read_only=True)
    (paper,) = workspace.issued_documents.where(kind="dossier")
    case_no = workspace.cases.get(paper.case_id).case_no
    workspace.close()
    for number, day in enumerate(([], ["--on", TODAY])):
        output = tmp_path / f"{number}.pdf"
        said = run("dossier", case_no, "-w", park, "-o", output, *day)
        assert (said.status, said.out) == (basics.DONE, "")
        assert hashlib.sha256(output.read_bytes()).hexdigest() == paper.sha256
        assert str(paper.issued_on) in said.err


def test_dossier_of_no_such_case_or_to_no_such_folder(
    run: Command, park: Path, tmp_path: Path
) -> None:
    output = tmp_path / "x.pdf"
    output.write_bytes(b"kept")
    said = run("dossier", "体检〔1999〕7号", "-w", park, "-o", output)
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert "体检〔1999〕7号" in said.err
    assert output.read_bytes() == b"kept"
    nowhere = run("dossier", "体检〔2026〕1号", "-w", park, "-o", tmp_path / "no" / "x.pdf")
    assert nowhere.status == basics.REFUSED
    itself = run("dossier", "体检〔2026〕1号", "-w", park, "-o", park)
    assert itself.status == basics.REFUSED
    assert run("check", "-w", park).status == basics.DONE
    assert left_in(tmp_path) == ["park.lsw", "x.pdf"]


def test_a_preparation_sheet_is_saved_and_the_same_case_gives_the_same_bytes(
    run: Command, park: Path, tmp_path: Path
) -> None:
    (case_no, *_rest) = [one["case_no"] for one in run("cases", "-w", park, "--json").json()]
    files = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for file in files:
        said = run("preparation", case_no, "-w", park, "--on", TODAY, "-o", file)
        assert said.status == basics.DONE
    first, second = (file.read_bytes() for file in files)
    assert first.startswith(b"%PDF")
    assert first == second


def test_form_as_it_stands_and_blank(run: Command, park: Path, tmp_path: Path) -> None:
    """Both papers of one checkup bear one code on every page; the same paper twice is one file."""
    filled, blank = tmp_path / "体检表.pdf", tmp_path / "空白表.pdf"
    said = run("form", "体检[2026]1号", "-w", park, "--output", filled, "--on", TODAY)
    assert (said.status, said.out) == (basics.DONE, "")
    code = said.err.rstrip(".\n").rpartition(" ")[2]
    assert run("form", "体检〔2026〕1号", "-w", park, "-o", blank, "--blank").err.endswith(
        f"{code}.\n"
    )
    for file, title in ((filled, "健康体检表"), (blank, "健康体检表（现场填写）")):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages]
        assert title in pages[0]
        assert all(code in page for page in pages)
    first = filled.read_bytes()
    run("form", "体检〔2026〕1号", "-w", park, "-o", filled, "--on", TODAY)
    assert filled.read_bytes() == first


def test_form_of_a_case_without_a_visit_is_refused(
    run: Command, park: Path, tmp_path: Path
) -> None:
    rows = run("cases", "-w", park, "--json").json()
    case_no = next(one["case_no"] for one in rows if one["next_step"] == "schedule_checkup")
    said = run("form", case_no, "-w", park, "-o", tmp_path / "x.pdf")
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert case_no in said.err
    assert left_in(tmp_path) == ["park.lsw"]
