"""The area a file states: its unit is decided by the area of its points, and that is said."""

from decimal import Decimal

from landsteward.domain.boundaries import BoundaryLimits
from landsteward.domain.boundary_remarks import Remark, RemarkKind
from landsteward.domain.quantities import hectares_to_m2, mu_to_m2

_CLOSE = Decimal("0.02")
"""How near the points' area a figure must be to be taken for 亩, which no file should give."""


def stated_area(
    figure: Decimal | None, computed_m2: Decimal | None, limits: BoundaryLimits
) -> tuple[Decimal | None, list[Remark]]:
    """The stated area in m², and how it was understood.

    公顷 as a rule, m² where that is nearer to the area of the points; 亩 only where it fits it.
    """
    if figure is None or figure <= 0:
        return None, []
    hectares = hectares_to_m2(figure)
    if not computed_m2:
        return hectares, [Remark(kind=RemarkKind.AREA_IN_HECTARES, detail=f"{figure:f}")]
    in_mu = mu_to_m2(figure)
    if abs(in_mu - computed_m2) <= computed_m2 * _CLOSE:
        found, kind = in_mu, RemarkKind.AREA_IN_MU
    elif _times_off(figure, computed_m2) < _times_off(hectares, computed_m2):
        found, kind = figure, RemarkKind.AREA_IN_M2
    else:
        found, kind = hectares, RemarkKind.AREA_IN_HECTARES
    said = [Remark(kind=kind, detail=f"{figure:f}")]
    # A figure of few digits says no more than its last one.
    rounding = abs(found / figure).scaleb(int(figure.as_tuple().exponent)) / 2
    slack = max(computed_m2 * limits.stated_percent / 100, rounding)
    if abs(found - computed_m2) > slack:
        said.append(Remark(kind=RemarkKind.AREA_DIFFERS, detail=f"{found:.2f}"))
    return found, said


def _times_off(one: Decimal, other: Decimal) -> Decimal:
    return max(one / other, other / one)
