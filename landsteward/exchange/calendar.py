"""Deadlines as a calendar file (.ics), one all-day event each.

Source: RFC 5545: lines of at most 75 octets, folded between characters (3.1), texts escaped
(3.3.11), all-day events by DTSTART as a DATE (3.6.1), the moment of making as DTSTAMP in UTC
(3.8.7.2). UIDs are those of the records: read in again, an event takes the place of its old self.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from landsteward.app.language import current_language, tr
from landsteward.app.reminders import Calendar
from landsteward.domain.dues import Due, DueKind

_MOST_OCTETS = 75
_PRODUCT = "-//LandSteward//deadlines//"


def write_calendar(calendar: Calendar) -> bytes:
    """The file's content, UTF-8, every line ended by CRLF."""
    language = "EN" if current_language() == "en" else "ZH"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}{language}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for due in calendar.dues for line in _event(due, calendar.made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(due: Due, made_at: datetime) -> Iterator[str]:
    details = [due.case_no, due.title, tr("Who: {name}", name=due.who) if due.who else ""]
    yield "BEGIN:VEVENT"
    yield f"UID:{due.kind}-{due.id}@landsteward"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(due.due_on)}"
    yield f"DTEND;VALUE=DATE:{_day(due.due_on + timedelta(days=1))}"
    yield f"SUMMARY:{_text(due_word(due.kind) + tr(': ') + due.subject)}"
    yield f"DESCRIPTION:{_text(chr(10).join(one for one in details if one))}"
    yield f"CATEGORIES:{_text(due_word(due.kind))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def due_word(kind: DueKind) -> str:
    """What is due."""
    return {
        DueKind.FINDING: tr("Rectification due"),
        DueKind.STEP: tr("Step of the plan due"),
        DueKind.REPLY: tr("Reply to a slip due"),
        DueKind.ANSWER: tr("Answer to an objection due"),
        DueKind.VISIT: tr("Checkup"),
        DueKind.RECHECK: tr("Recheck"),
        DueKind.LOOK_BACK: tr("Look-back"),
        DueKind.ENGAGEMENT: tr("Engagement ends"),
    }[kind]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(text: str) -> str:
    """A text with what separates and ends values escaped; control characters cannot be said."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(one for one in line if one >= " ") for line in lines)


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, further ones begun by a space; no character cut."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _MOST_OCTETS:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part
