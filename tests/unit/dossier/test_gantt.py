"""The Gantt on paper: every step once, the head on every page, late said in words."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, SimpleDocTemplate, Spacer

from landsteward.domain.timeline import Bar
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.paper import Paper
from landsteward.dossier.sections.gantt import gantt
from landsteward.dossier.styles import TEXT_HEIGHT, TEXT_WIDTH
from landsteward.dossier.wording import Wording
from tests.helpers.dossier_basics import FONTS, sample_pack
from tests.helpers.pdf_reading import page_texts, squeezed

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(load_fonts(FONTS), Wording(sample_pack().wording))


def steps(count: int, days: int = 10) -> list[Bar]:
    """One after the other, the first begun `days` before; the second done, the third one late."""
    begin = ON - timedelta(days=days)
    return [
        Bar(
            key=str(number),
            title=f"步骤<{number}>",
            responsible="李四",
            starts_on=begin + timedelta(days=number * days),
            due_on=begin + timedelta(days=(number + 1) * days - 1),
        )
        for number in range(count)
    ]


def pages(paper: Paper, bars: list[Bar], used: float = 0) -> list[str]:
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=(TEXT_WIDTH + 12, TEXT_HEIGHT + 12),
        leftMargin=0,
        rightMargin=0,
        topMargin=0,
        bottomMargin=0,
        invariant=1,
    )
    document.build([Spacer(0, used), *gantt(paper, bars, ON), PageBreak()])
    return [squeezed(one) for one in page_texts(out.getvalue())]


def test_a_long_plan_goes_over_pages_each_with_its_head(paper: Paper) -> None:
    found = pages(paper, steps(60, 4), used=40 * mm)
    assert "甘特" not in found[0], "it begins a page of its own"
    drawn = [one for one in found if "步骤<" in one]
    assert len(drawn) == 3
    assert all("步骤、责任人与起止日期" in one and "2026年" in one for one in drawn)
    whole = "".join(drawn)
    assert all(whole.count(f"{number + 1}步骤<{number}>") == 1 for number in range(60))


def test_a_short_one_stays_with_its_heading_where_there_is_room(paper: Paper) -> None:
    (first, *_rest) = pages(paper, steps(5), used=60 * mm)
    assert "甘特图" in first
    assert "5步骤<4>" in first


def test_how_steps_stand_is_said_in_words(paper: Paper) -> None:
    late = Bar(key="a", title="评估", due_on=date(2026, 11, 20))
    done = Bar(
        key="b",
        title="备案",
        starts_on=date(2026, 11, 2),
        due_on=date(2026, 11, 9),
        done_on=date(2026, 11, 12),
    )
    (text,) = [one for one in pages(paper, [late, done]) if one]
    assert "逾期5天" in text
    assert "完成，逾期3天" in text
    assert "—–2026-11-20" in text
    assert "虚线为2026-11-25" in text


@pytest.mark.parametrize(("days", "word"), [(1, "25"), (4, "11-23"), (20, "12月"), (150, "4季度")])
def test_the_line_is_divided_as_its_length_asks(paper: Paper, days: int, word: str) -> None:
    (text,) = [one for one in pages(paper, steps(8, days)) if one]
    assert word in text


def test_steps_without_any_date_have_no_gantt(paper: Paper) -> None:
    assert gantt(paper, [Bar(key="a", title="评估")], ON) == []
