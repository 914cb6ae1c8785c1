"""The day plan on paper: days, who goes where, and the same bytes every time."""

from datetime import date
from pathlib import Path

from landsteward.app.visit_lines import DayPlanSheet, PlannedVisit
from landsteward.bootstrap import RESOURCES
from landsteward.domain.states import VisitStage
from landsteward.dossier.day_plan import build_day_plan
from tests.helpers.dossier_basics import sample_pack
from tests.helpers.pdf_reading import flow_of, page_texts

FONTS: Path = RESOURCES / "fonts"


def visit(number: int, day: date) -> PlannedVisit:
    return PlannedVisit(
        id=str(number),
        campaign="第一批",
        enterprise_id=str(number),
        enterprise=f"样品{number:02}号厂",
        uscc="91341699MA8EXA010K",
        carrier="示例园区",
        address="示例路1号",
        contact="甲 <示例>",
        phone="000-1",
        departments=("land", "ecology"),
        inspectors=("林检查", "沈负责"),
        day=day,
        stage=VisitStage.SCHEDULED,
        case_id=None,
    )


def sheet(*visits: PlannedVisit, inspector: str = "林检查") -> DayPlanSheet:
    return DayPlanSheet(
        inspector=inspector,
        first=date(2026, 3, 2),
        last=date(2026, 3, 8),
        on=date(2026, 3, 1),
        visits=visits,
        departments={"land": "自然资源", "ecology": "生态环境"},
        wording=sample_pack().wording,
    )


def test_every_day_has_its_table() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 4))
    printed = build_day_plan(
        sheet(*(visit(number, day) for number, day in enumerate(days))), fonts=FONTS
    )
    text = flow_of(printed)
    for said in (
        "入企体检日程表",
        "2026年3月2日（2家）",
        "2026年3月4日（1家）",
        "样品02号厂",
        "甲<示例>000-1",
        "自然资源、生态环境",
        "林检查、沈负责",
    ):
        assert said in text.replace(" ", ""), said


def test_a_full_week_of_a_county_goes_on_over_pages_and_is_the_same_again() -> None:
    visits = [visit(number, date(2026, 3, 2 + number // 80)) for number in range(400)]
    first = build_day_plan(sheet(*visits), fonts=FONTS)
    assert first == build_day_plan(sheet(*visits), fonts=FONTS)
    pages = page_texts(first)
    assert len(pages) > 10
    whole = "".join(pages)
    assert all(f"样品{number:02}号厂" in whole for number in range(400))


def test_an_empty_week_says_so() -> None:
    text = flow_of(build_day_plan(sheet(inspector=""), fonts=FONTS))
    assert "这几天没有安排" in text
    assert "全部检查人员" in text
