"""The predicates that rule packs name, by area, each with its source.

Facts recorded for later than the day asked about are left aside.
"""

from landsteward.domain.predicates import (
    building,
    low_efficiency,
    permits,
    phasing,
    promises,
    standing,
    timing,
)
from landsteward.domain.screening import AnyPredicate

PREDICATES: dict[str, AnyPredicate] = {
    **timing.PREDICATES,
    **phasing.PREDICATES,
    **building.PREDICATES,
    **promises.PREDICATES,
    **standing.PREDICATES,
    **permits.PREDICATES,
    **low_efficiency.PREDICATES,
}
