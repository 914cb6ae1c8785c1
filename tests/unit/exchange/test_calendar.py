"""The calendar file, read back by the rules of RFC 5545 and by nothing of ours."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.app.language import Language, use_language
from landsteward.app.reminders import Calendar
from landsteward.domain.dues import Due, DueKind
from landsteward.exchange.calendar import write_calendar

CHINA = timezone(timedelta(hours=8))
ESCAPED = re.compile(r"\\(.)")
PLAIN = {"n": "\n", "N": "\n"}
MADE = datetime(2026, 3, 5, 8, 30, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language(Language.CHINESE)
    yield
    use_language(Language.CHINESE)


STEP = Due(
    kind=DueKind.STEP,
    id="0195",
    case_id="c",
    case_no="体检〔2026〕1号",
    subject="示例公司",
    title="补办手续",
    who="示例公司",
    due_on=date(2026, 3, 31),
)


def due(**changed: Any) -> Due:
    return replace(STEP, **changed)


def events(content: bytes) -> list[dict[str, str]]:
    """The events as a reader takes them: lines unfolded, names apart from values, unescaped."""
    for part in content.split(b"\r\n"):
        assert len(part) <= 75
        assert b"\n" not in part
        part.decode()  # folded between characters, not within one
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//LandSteward//deadlines//ZH"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    found: list[dict[str, str]] = []
    for line in lines[1:-2]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            assert name not in found[-1]
            found[-1][name] = ESCAPED.sub(lambda sign: PLAIN.get(sign[1], sign[1]), value)
    return found


def test_an_event_is_a_whole_day_with_a_key_that_stays() -> None:
    (event,) = events(write_calendar(Calendar(made_at=MADE, dues=(due(),))))
    assert event == {
        "UID": "step-0195@landsteward",
        "DTSTAMP": "20260305T003000Z",
        "DTSTART;VALUE=DATE": "20260331",
        "DTEND;VALUE=DATE": "20260401",
        "SUMMARY": "方案步骤到期：示例公司",
        "DESCRIPTION": "体检〔2026〕1号\n补办手续\n责任方：示例公司",
        "CATEGORIES": "方案步骤到期",
        "TRANSP": "TRANSPARENT",
    }
    again = write_calendar(Calendar(made_at=MADE.astimezone(UTC), dues=(due(),)))
    assert again == write_calendar(Calendar(made_at=MADE, dues=(due(),)))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)


@given(subject=TEXT, title=st.lists(TEXT, max_size=3).map("\n".join), kind=st.sampled_from(DueKind))
def test_whatever_is_typed_comes_back_as_it_was(subject: str, title: str, kind: DueKind) -> None:
    calendar = Calendar(made_at=MADE, dues=(due(subject=subject, title=title, kind=kind), due()))
    first, second = events(write_calendar(calendar))
    assert first["SUMMARY"].endswith(f"：{subject}")
    assert title in first["DESCRIPTION"]
    assert second["SUMMARY"] == "方案步骤到期：示例公司"
