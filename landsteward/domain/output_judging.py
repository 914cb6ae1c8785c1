"""产出监管合同 against reality, term by term.

Source: plan item 13; which limit applies is `domain.md` §3 (contract, then county). Output per mu
is due in full from `reach_on` (达产) and judged by whole calendar years behind it; investment and
plot ratio are due at the agreed completion, else at `reach_on`. Nothing here rounds.
"""

from collections.abc import Callable

from landsteward.domain.output_built import dates, investment, investment_per_mu, plot_ratio
from landsteward.domain.output_terms import Reality, Term, TermLine
from landsteward.domain.output_yield import complete_years, output_per_mu, reach
from landsteward.domain.register import OutputContract


def judge_output(contract: OutputContract, reality: Reality) -> tuple[TermLine, ...]:
    """Every term that was agreed or is limited, in the order of `Term`."""
    years = complete_years(reality)
    lines = [
        *(judge_term(term, contract, reality) for term in _TERMS),
        *dates(reality),
        reach(contract, reality, years),
    ]
    return tuple(one for one in lines if one is not None)


def judge_term(term: Term, contract: OutputContract, reality: Reality) -> TermLine | None:
    """One term that is an amount; None where it was not agreed and is not limited."""
    return _TERMS[term](contract, reality)


def _tax(contract: OutputContract, reality: Reality) -> TermLine | None:
    years = complete_years(reality)
    return output_per_mu(Term.TAX_PER_MU, "tax_wan_per_mu", contract, reality, years)


def _revenue(contract: OutputContract, reality: Reality) -> TermLine | None:
    years = complete_years(reality)
    return output_per_mu(Term.REVENUE_PER_MU, "revenue_wan_per_mu", contract, reality, years)


_TERMS: dict[Term, Callable[[OutputContract, Reality], TermLine | None]] = {
    Term.INVESTMENT: investment,
    Term.INVESTMENT_PER_MU: investment_per_mu,
    Term.TAX_PER_MU: _tax,
    Term.REVENUE_PER_MU: _revenue,
    Term.PLOT_RATIO: plot_ratio,
}
