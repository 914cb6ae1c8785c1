"""The words of what-ifs that the window and the command line share, and finding what they name."""

from decimal import Decimal

from landsteward.app.context import Context
from landsteward.app.language import localised, render, tr
from landsteward.app.what_if import Ground
from landsteward.domain.errors import RecordNotFoundError
from landsteward.domain.gradings import GradingRun
from landsteward.domain.identifiers import name_key
from landsteward.domain.limits import LimitOf
from landsteward.domain.quantities import shown
from landsteward.domain.register import Enterprise
from landsteward.domain.scenarios import Placing
from landsteward.domain.screening import Missing
from landsteward.domain.text import msg
from landsteward.domain.what_if.kept import BOUNDED_NAMES, PERCENT, Bounded
from landsteward.domain.what_if.least import Least
from landsteward.domain.what_if.levers import LEVER_OF

NONE = "–"


def enterprise_called(ctx: Context, *, text: str) -> Enterprise:
    """The enterprise of that code or name. Raises RecordNotFoundError."""
    space = ctx.workspace
    found = space.enterprises.first(uscc=text.strip().upper()) or space.enterprises.first(
        name_key=name_key(text)
    )
    if found is None:
        raise RecordNotFoundError(
            msg("No enterprise of this name or code is on record."),
            where=text,
            remedy=msg("Write its full name or its 18-character code."),
        )
    return found


def parcel_called(on: Ground, name: str) -> str:
    """The key of its parcel of that name. Raises RecordNotFoundError."""
    for one in on.parcels:
        if one.parcel.name == name.strip():
            return one.key
    raise RecordNotFoundError(
        msg("The enterprise has no parcel of this name."),
        where=name,
        remedy=msg("These are there: {keys}.", keys=", ".join(p.parcel.name for p in on.parcels)),
    )


def lever_word(key: str) -> str:
    """A lever by its name."""
    return render(LEVER_OF[key].name)


def unit_word(key: str) -> str:
    """A lever's unit."""
    return render(LEVER_OF[key].unit)


def plain(value: Decimal | None, places: int = 2) -> str:
    """A figure to read, rounded, without needless zeros; a dash for nothing."""
    if value is None:
        return NONE
    text = shown(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def lever_line(key: str, before: Decimal | None, after: Decimal) -> str:
    """What a lever was and is set to, for a terminal."""
    return "\t".join((lever_word(key), plain(before), plain(after), unit_word(key)))


def placing_words(one: Placing) -> str:
    """Score, rank and grade in one line."""
    if one.score is None or one.rank is None:
        return tr("not graded")
    return tr(
        "{score} points, rank {rank} of {of}, grade {grade}",
        score=plain(one.score),
        rank=f"{one.rank:,}",
        of=f"{one.of:,}",
        grade=one.grade or NONE,
    )


def grading_words(run: GradingRun) -> str:
    """Which grading that is: year, scheme, pack version."""
    return tr(
        "grading of {year}, {scheme}, rules {version}",
        year=run.year,
        scheme=localised(run.scheme.name, run.scheme.name_en),
        version=run.pack_version,
    )


def limit_owner(of: LimitOf) -> str:
    """Whose limit it is."""
    return {
        LimitOf.OUTPUT_CONTRACT: tr("output contract"),
        LimitOf.SUPPLY_CONTRACT: tr("supply contract"),
        LimitOf.COUNTY: tr("county"),
        LimitOf.NATION: tr("nation"),
    }[of]


def bounded_word(key: str) -> str:
    """What is limited."""
    return render(BOUNDED_NAMES[key])


def bounded_unit(key: str) -> str:
    """Its unit; a ratio has none."""
    if key in PERCENT:
        return "%"
    return "" if key == "plot_ratio_min" else tr("10 000 yuan/mu")


def known(value: Decimal | Missing | None) -> Decimal | None:
    """The value where there is one."""
    return None if isinstance(value, Missing) else value


def limit_words(line: Bounded) -> str:
    """The limit and whose it is, or why there is none."""
    if isinstance(line.limit, Missing):
        return render(line.limit.because)
    bound = plain(line.limit.value)
    return (
        tr("≥ {limit}, {owner}", limit=bound, owner=limit_owner(line.limit.of))
        if line.at_least
        else tr("≤ {limit}, {owner}", limit=bound, owner=limit_owner(line.limit.of))
    )


def kept_words(line: Bounded) -> str:
    """Whether the limit is kept afterwards, and whether that is new; empty where nobody knows."""
    kept = line.kept(line.after)
    if kept is None:
        return ""
    if kept:
        return tr("newly met") if line.newly_met else tr("met")
    return tr("newly short") if line.newly_short else tr("short")


def bounded_line(line: Bounded) -> str:
    """A limited value before and after, for a terminal."""
    return "\t".join(
        (
            bounded_word(line.key),
            plain(known(line.before)),
            plain(known(line.after)),
            bounded_unit(line.key),
            limit_words(line),
            kept_words(line),
        )
    )


def least_line(one: Least) -> str:
    """What a lever has to be for a grade, for a terminal."""
    return "\t".join((lever_word(one.lever), one.grade, least_words(one)))


def least_words(one: Least) -> str:
    """What a lever has to be for a grade, or why that cannot be."""
    if one.already:
        return tr("reached already")
    if one.value is None or one.change is None:
        return render(one.why) if one.why is not None else NONE
    change = f"{one.change:+,f}".replace("-", "−")
    return tr(
        "{value} ({change}) {unit}",
        value=plain(one.value, 3),
        change=change.rstrip("0").rstrip(".") if "." in change else change,
        unit=unit_word(one.lever),
    )
