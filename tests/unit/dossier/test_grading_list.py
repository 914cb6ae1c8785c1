"""公示名单 as a PDF: who stands in it, by rank, with what the stage says; the same bytes again."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from landsteward import bootstrap
from landsteward.app.grading_marks import mark_veto
from landsteward.app.grading_notice import propose_notice, publish_notice
from landsteward.app.grading_paper import GradingPaper, grading_paper
from landsteward.app.gradings import start_grading, work_out_again
from landsteward.packs.source import Packs
from tests.helpers.grading_office import YEAR, GradingOffice, open_grading_office


@pytest.fixture
def county(tmp_path: Path) -> Iterator[GradingOffice]:
    opened = open_grading_office(tmp_path)
    yield opened
    opened.office.workspace.close()


def worded(paper: GradingPaper) -> GradingPaper:
    """With the shipped wording: the small pack of the tests has none."""
    return replace(paper, wording=Packs().current().wording)


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_everybody_with_a_grade_stands_in_it_and_no_figures(county: GradingOffice) -> None:
    """甲 … 戊 and 己; 辛 has D by a veto alone, without rank; who has no grade is counted."""
    run = start_grading(county.lead, year=YEAR)
    mark_veto(
        county.lead, run_id=run.id, enterprise_id=county.keys["辛"], veto="safety", reason="拒报"
    )
    work_out_again(county.lead, run_id=run.id)
    draft = worded(grading_paper(county.lead, run_id=run.id))
    assert [one.name for one in draft.lines] == [*"甲乙丙丁戊", "己", "辛"]
    assert (draft.lines[-1].rank, draft.lines[-1].grade, draft.unscored) == (None, "D", 1)
    said = text_of(bootstrap.build_grading_list_pdf(draft))
    assert "测算稿，未公示" in said
    assert "规上（参加排名 5 家：A A 1 家，B B 2 家，C C 2 家，D D 1 家）" in said
    assert "另有 1 家因数据不全未参加排名" in said
    assert "270" not in said, "no taxes in a public list"


def test_a_notice_says_its_days_and_how_to_object(county: GradingOffice) -> None:
    run = start_grading(county.lead, year=YEAR)
    first = county.lead.today()
    publish_notice(county.lead, run_id=run.id, first=first, last=propose_notice(run, first))
    view = worded(grading_paper(county.lead, run_id=run.id))
    content = bootstrap.build_grading_list_pdf(view)
    assert "公示期：2026年3月2日至2026年3月6日" in text_of(content)
    assert "书面提出" in text_of(content)
    assert bootstrap.build_grading_list_pdf(view) == content
