"""A lever moved a hundred times in a field of 20 000, beside grading the field anew once."""

import time
from dataclasses import replace
from random import Random

from benchmarks.side_by_side import Comparison, compare

SUBJECTS = 20_000
MOVES = 100
LIMIT = 0.2


def measure(runs: int) -> Comparison:
    """The field is there; what is measured is what follows each keystroke."""
    from decimal import Decimal

    from landsteward.domain.grading.ranking import work_out
    from landsteward.domain.gradings import GradingSubject
    from landsteward.domain.limits import Limits
    from landsteward.domain.states import Scale
    from landsteward.domain.what_if.field import Field
    from landsteward.domain.what_if.outlook import look
    from landsteward.domain.what_if.position import Position
    from landsteward.packs.source import Packs

    random = Random(1)

    def amount(value: float) -> Decimal:
        return Decimal(str(round(value, 4)))

    def subject(number: int) -> GradingSubject:
        revenue = random.lognormvariate(8, 1)
        return GradingSubject(
            id=f"s{number:05}",
            run_id="r",
            enterprise_id=f"e{number:05}",
            name=str(number),
            scale=Scale.ABOVE if number % 2 else Scale.BELOW,
            land_m2=amount(random.lognormvariate(9.5, 0.7)),
            tax_wan=amount(revenue * random.uniform(0.01, 0.08)),
            revenue_wan=amount(revenue),
            value_added_wan=amount(revenue * random.uniform(0.1, 0.3)),
            energy_tce=amount(revenue * random.uniform(0.05, 0.5)),
            rnd_wan=amount(revenue * random.uniform(0, 0.05)),
            staff_average=amount(revenue / random.uniform(20, 100)),
        )

    subjects = [subject(number) for number in range(SUBJECTS)]
    scheme = Packs().current().gradings[0]
    field = Field(scheme, subjects, (), subjects[1].enterprise_id)
    position = Position(subject=field.subject)
    assert field.subject.tax_wan is not None
    tax = field.subject.tax_wan * 2
    changed = [subjects[0], replace(subjects[1], tax_wan=tax), *subjects[2:]]

    def ours() -> float:
        began = time.perf_counter()
        for number in range(1, MOVES + 1):
            look(field, position, {"tax_wan": tax * number / MOVES}, Limits())
        return time.perf_counter() - began

    def theirs() -> float:
        began = time.perf_counter()
        work_out(scheme, changed, ())
        return time.perf_counter() - began

    return compare(
        what=f"a lever moved {MOVES} times, {SUBJECTS} in the field",
        beside="grading all of them anew once",
        ours=ours,
        theirs=theirs,
        limit=LIMIT,
        runs=runs,
    )
