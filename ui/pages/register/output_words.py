"""The words of output contracts: terms, how they stand, values with units, differences."""

from datetime import date
from decimal import Decimal

from landsteward.app.language import render, tr
from landsteward.domain.checklist import LimitSource
from landsteward.domain.output_terms import Standing, Term, TermLine
from ui import formats

_DATES = frozenset({Term.DELIVERY, Term.START, Term.COMPLETION})


def term(value: Term) -> str:
    """What was agreed about."""
    return {
        Term.INVESTMENT: tr("Investment"),
        Term.INVESTMENT_PER_MU: tr("Investment per mu"),
        Term.TAX_PER_MU: tr("Tax per mu"),
        Term.REVENUE_PER_MU: tr("Revenue per mu"),
        Term.PLOT_RATIO: tr("Plot ratio, built"),
        Term.DELIVERY: tr("Delivery of the land"),
        Term.START: tr("Start of work"),
        Term.COMPLETION: tr("Completion"),
        Term.REACH: tr("Full output"),
    }[value]


def unit(value: Term) -> str:
    """The unit a term's amounts are in."""
    if value is Term.INVESTMENT:
        return tr("10 000 yuan")
    if value in (Term.INVESTMENT_PER_MU, Term.TAX_PER_MU, Term.REVENUE_PER_MU):
        return tr("10 000 yuan/mu")
    return ""


def standing(value: Standing) -> str:
    """达到 / 未达到 / 未到期 / 无法判断."""
    return {
        Standing.MET: tr("Met"),
        Standing.NOT_MET: tr("Not met"),
        Standing.NOT_YET_DUE: tr("Not yet due"),
        Standing.UNJUDGED: tr("Cannot be judged"),
    }[value]


def tone(value: Standing) -> str:
    """The tone of a standing; its word says the same."""
    return {
        Standing.MET: "good",
        Standing.NOT_MET: "bad",
        Standing.NOT_YET_DUE: "plain",
        Standing.UNJUDGED: "caution",
    }[value]


def agreed(line: TermLine) -> str:
    """The limit with its unit, and where it comes from if that is not the contract itself."""
    source = {
        LimitSource.OUTPUT_CONTRACT: "",
        LimitSource.SUPPLY_CONTRACT: "" if line.term in _DATES else tr("supply contract"),
        LimitSource.PACK: tr("county's limit"),
    }[line.source]
    if isinstance(line.agreed, date):
        said = formats.day(line.agreed)
    elif line.at_most is not None:
        said = f"{formats.exact(line.agreed)}–{formats.exact(line.at_most)}"
    else:
        said = f"≥ {formats.exact(line.agreed)}"
    return formats.named(said, source)


def actual(line: TermLine) -> str:
    """What there is; amounts are rounded."""
    value = line.actual
    if value is None:
        return formats.NONE
    if isinstance(value, Decimal):
        return formats.figure(value)
    return formats.day(value) if isinstance(value, date) else str(value)


def as_of(line: TermLine) -> str:
    """Of which day or year that is; a date is of its own day."""
    if line.as_of is None or line.term in _DATES or line.term is Term.REACH:
        return ""
    return formats.day(line.as_of) if isinstance(line.as_of, date) else str(line.as_of)


def gap(line: TermLine) -> str:
    """The difference, with its sign in words where it is about time."""
    value = line.gap
    if value is None:
        return ""
    if isinstance(value, Decimal):
        sign = "+" if value >= 0 else "−"
        return f"{sign}{formats.figure(abs(value))}"
    if line.term is Term.REACH:
        return tr("{years} year(s) late", years=value) if value > 0 else ""
    if value > 0:
        return tr("{days} days late", days=value)
    return tr("{days} days early", days=-value) if value < 0 else tr("on the day")


def remarks(line: TermLine) -> str:
    """Why it cannot be judged, when it is due, and how the actual value came about."""
    said = [render(line.why)] if line.why is not None else []
    said += [render(one) for one in line.remarks]
    if line.due_on is not None and line.standing is Standing.NOT_YET_DUE:
        said.append(tr("due {day}", day=formats.day(line.due_on)))
    return tr("; ").join(said)
