"""What an output contract promised (产出监管合同) and was not kept, term by term.

Source: plan item 13. `landsteward.domain.output_judging` says of each term whether it is met; here
that becomes a measure: by how much of what was agreed, in %, it is missed.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from landsteward.domain.limits import LimitOf
from landsteward.domain.output_judging import judge_term
from landsteward.domain.output_terms import Standing, Term, TermLine
from landsteward.domain.predicates.building import WAN_PER_MU, amount, gap_percent
from landsteward.domain.quantities import shown
from landsteward.domain.screening import (
    About,
    Account,
    EnteredAt,
    Measured,
    Missing,
    Predicate,
    Terms,
)
from landsteward.domain.subjects import OutputSubject
from landsteward.domain.text import Message, msg

_WAN = msg("(10 000 yuan)")
_UNITS = {
    Term.TAX_PER_MU: WAN_PER_MU,
    Term.REVENUE_PER_MU: WAN_PER_MU,
    Term.INVESTMENT: _WAN,
}
_ENTERED = {
    Term.TAX_PER_MU: EnteredAt.YEARS,
    Term.REVENUE_PER_MU: EnteredAt.YEARS,
    Term.INVESTMENT: EnteredAt.CONSTRUCTION,
}


def _measure(term: Term) -> Callable[[OutputSubject, Terms, date], Measured]:
    def measure(subject: OutputSubject, terms: Terms, on: date) -> Measured:
        line = judge_term(term, subject.output, subject.reality)
        if line is None or line.standing in (Standing.MET, Standing.NOT_YET_DUE):
            return None
        if line.standing is Standing.UNJUDGED:
            assert line.why is not None, "unjudged without a reason"
            return Missing(line.why, _where(term, line))
        agreed, actual = _values(line)
        return gap_percent(actual, agreed, at_least=True)

    return measure


def _where(term: Term, line: TermLine) -> EnteredAt:
    """Without a day by which it is due, that is what is to be entered."""
    return EnteredAt.OUTPUT if line.due_on is None else _ENTERED[term]


def _values(line: TermLine) -> tuple[Decimal, Decimal]:
    assert isinstance(line.agreed, Decimal), "a term with an amount"
    assert isinstance(line.actual, Decimal), "not met without a value"
    return line.agreed, line.actual


def _account(term: Term) -> Callable[[OutputSubject, Terms, date], Account]:
    def account(subject: OutputSubject, terms: Terms, on: date) -> Account:
        line = judge_term(term, subject.output, subject.reality)
        assert line is not None, "measured without a term"
        agreed, actual = _values(line)
        gap = gap_percent(actual, agreed, at_least=True)
        assert gap is not None, "measured without a gap"
        unit = _UNITS[term]
        return Account(
            facts=(
                ("agreed", agreed),
                ("limit_of", line.source.value),
                ("value", actual.quantize(Decimal("0.0001"))),
                ("value_of", line.as_of),
                ("due_on", line.due_on),
                ("asked_on", on),
            ),
            arithmetic=(
                _agreed(line, amount(agreed, unit)),
                msg(
                    "{value} in {when}: {remarks}.",
                    value=amount(actual, unit),
                    when=line.as_of,
                    remarks=_joined(line.remarks),
                )
                if line.remarks
                else msg("{value} in {when}.", value=amount(actual, unit), when=line.as_of),
                msg(
                    "Off by {gap}, {share} % of the limit.",
                    gap=amount(agreed - actual, unit),
                    share=shown(gap, 1),
                ),
            ),
            groups=(f"by_{line.source.value}",),
        )

    return account


def _agreed(line: TermLine, value: str | Message) -> Message:
    if line.source.value == LimitOf.OUTPUT_CONTRACT:
        return msg("Limit: at least {value}, agreed in the output contract.", value=value)
    return msg("Limit: at least {value}, by the rule pack.", value=value)


def _joined(remarks: tuple[Message, ...]) -> Message:
    whole = remarks[0]
    for one in remarks[1:]:
        whole = msg("{one}; {other}", one=whole, other=one)
    return whole


PREDICATES: dict[str, Predicate[OutputSubject]] = {
    name: Predicate(
        about=About.OUTPUT,
        measure=_measure(term),
        account=_account(term),
        groups=frozenset({"by_output_contract", "by_supply_contract", "by_pack"}),
    )
    for name, term in (
        ("output_tax_short", Term.TAX_PER_MU),
        ("output_revenue_short", Term.REVENUE_PER_MU),
        ("output_investment_short", Term.INVESTMENT),
    )
}
