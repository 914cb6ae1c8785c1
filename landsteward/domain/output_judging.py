"""产出监管合同 against reality, term by term.

Source: plan item 13; which limit applies is `domain.md` §3 (contract, then county). Output per mu
is due in full from `reach_on` (达产) and judged by whole calendar years behind it; investment and
plot ratio are due at the agreed completion, else at `reach_on`. Nothing here rounds.
"""

from landsteward.domain.output_built import dates, investment, investment_per_mu, plot_ratio
from landsteward.domain.output_terms import Reality, Term, TermLine
from landsteward.domain.output_yield import complete_years, output_per_mu, reach
from landsteward.domain.register import OutputContract


def judge_output(contract: OutputContract, reality: Reality) -> tuple[TermLine, ...]:
    """Every term that was agreed or is limited, in the order of `Term`."""
    years = complete_years(reality)
    lines = [
        investment(contract, reality),
        investment_per_mu(contract, reality),
        output_per_mu(Term.TAX_PER_MU, "tax_wan_per_mu", contract, reality, years),
        output_per_mu(Term.REVENUE_PER_MU, "revenue_wan_per_mu", contract, reality, years),
        plot_ratio(contract, reality),
        *dates(reality),
        reach(contract, reality, years),
    ]
    return tuple(one for one in lines if one is not None)
