"""What the Gantt says: days in words, how a step stands, the names on the line of days."""

from datetime import date
from html import escape

from landsteward.app.language import render, tr
from landsteward.domain.text import msg
from landsteward.domain.timeline import Bar, Division, Scale, Standing, late_days, standing
from ui import formats

_WEEKDAYS = (
    msg("Mon"),
    msg("Tue"),
    msg("Wed"),
    msg("Thu"),
    msg("Fri"),
    msg("Sat"),
    msg("Sun"),
)
_MONTHS = (
    msg("Jan"),
    msg("Feb"),
    msg("Mar"),
    msg("Apr"),
    msg("May"),
    msg("Jun"),
    msg("Jul"),
    msg("Aug"),
    msg("Sep"),
    msg("Oct"),
    msg("Nov"),
    msg("Dec"),
)


def day(value: date) -> str:
    """A day with its day of the week, e.g. 2026年3月2日 周一."""
    return tr(
        "{year}-{month}-{day} {weekday}",
        year=value.year,
        month=value.month,
        day=value.day,
        weekday=weekday(value),
    )


def weekday(value: date) -> str:
    """The day of the week, short."""
    return render(_WEEKDAYS[value.weekday()])


def dates(bar: Bar) -> str:
    """From when until when, and how long."""
    if bar.starts_on is not None and bar.due_on is not None:
        return tr(
            "{start} to {end} · {days} days",
            start=day(bar.starts_on),
            end=day(bar.due_on),
            days=bar.days,
        )
    if bar.due_on is not None:
        return tr("until {day}", day=day(bar.due_on))
    if bar.starts_on is not None:
        return tr("from {day}", day=day(bar.starts_on))
    return tr("No dates yet")


def stands(bar: Bar, today: date) -> str:
    """How the step stands, in a few words."""
    late = late_days(bar, today)
    over = (late[1] - late[0]).days + 1 if late else 0
    match standing(bar, today):
        case Standing.DONE:
            return tr("done {day}", day=formats.day(bar.done_on))
        case Standing.DONE_LATE:
            return tr("done {day}, {days} days late", day=formats.day(bar.done_on), days=over)
        case Standing.LATE:
            said = tr("{days} days overdue", days=over)
        case Standing.RUNNING:
            said = tr("under way")
        case Standing.PLANNED:
            said = tr("not begun")
        case Standing.UNDATED:
            said = ""
    if bar.percent is None:
        return said
    done = tr("{percent} % done", percent=bar.percent)
    return f"{said} · {done}" if said else done


def told(bar: Bar, number: int, today: date) -> str:
    """A step in one sentence, as a screen reader says it."""
    parts = (f"{number}. {bar.title}", bar.responsible, dates(bar), stands(bar, today))
    return " · ".join(part for part in parts if part)


def tip(bar: Bar, number: int, today: date) -> str:
    """A step in a few lines, as HTML in which everything typed is text."""
    lines = [f"<b>{number}. {escape(bar.title)}</b>"]
    lines += [escape(part) for part in (bar.responsible, dates(bar), stands(bar, today)) if part]
    return "<qt>" + "<br>".join(lines) + "</qt>"


def major(scale: Scale, part: Division) -> str:
    """What stands over a larger division: the month with its year, or the year."""
    if scale in (Scale.DAYS, Scale.WEEKS):
        return tr("{year}-{month}", year=part.begin.year, month=part.begin.month)
    return tr("Year {year}", year=part.begin.year)


def minor(scale: Scale, part: Division) -> str:
    """What stands over a smaller division: the day, the week's Monday, the month, the quarter."""
    match scale:
        case Scale.DAYS:
            return str(part.begin.day)
        case Scale.WEEKS:
            return f"{part.begin.month}/{part.begin.day}"
        case Scale.MONTHS:
            return month(part.begin.month)
        case Scale.QUARTERS:
            return tr("Q{number}", number=(part.begin.month + 2) // 3)


def month(number: int) -> str:
    """A month's short name."""
    return render(_MONTHS[number - 1])


def scale_name(scale: Scale) -> str:
    """The scale's name on its button."""
    return {
        Scale.DAYS: tr("Days"),
        Scale.WEEKS: tr("Weeks"),
        Scale.MONTHS: tr("Months"),
        Scale.QUARTERS: tr("Quarters"),
    }[scale]


def today() -> str:
    """What stands over the line of today."""
    return tr("today")


def names_head() -> str:
    """What stands over the names."""
    return tr("Step and responsible")


def sign(bar: Bar, stands: Standing, today_is: date) -> str:
    """What stands beside a bar, so that its colour is not the only sign; often nothing."""
    match stands:
        case Standing.DONE:
            return "✓"
        case Standing.DONE_LATE | Standing.LATE:
            late = late_days(bar, today_is)
            over = (late[1] - late[0]).days + 1 if late else 0
            mark = "✓ " if stands is Standing.DONE_LATE else "! "
            return mark + tr("{days} days late", days=over)
        case _:
            return f"{bar.percent} %" if bar.percent else ""


def backward() -> str:
    """What plans say of a step whose due day would come before its start."""
    return tr("The step would end before it starts.")
