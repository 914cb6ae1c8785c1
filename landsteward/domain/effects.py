"""Effect against target: what a figure was before, what it should become, what it became.

Source: plan item 17 (跟踪问效). All these figures are the better the higher.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from landsteward.domain.text import Message, msg


class EffectKind(StrEnum):
    """达标 / 有提升 / 无提升 / 下降 / 无数据."""

    REACHED = "reached"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Where a figure is on its way from baseline to target; `share` in %, None where there is none.

    From 3 to 8, at 5.5 half the way is gone: 50 %.
    """

    kind: EffectKind
    share: int | None = None

    @property
    def words(self) -> Message:
        """The effect in words."""
        if self.kind is EffectKind.UNKNOWN:
            return msg("No figure yet")
        if self.kind is EffectKind.REACHED:
            return msg("Target reached")
        if self.kind is EffectKind.WORSE:
            return msg("Below the baseline")
        if self.kind is EffectKind.SAME:
            return msg("No better than the baseline")
        if self.share is None:
            return msg("Short of the target")
        return msg("{share} % of the way to the target", share=self.share)


def effect(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Effect:
    """What became of it; without a baseline it is only said whether the target is reached."""
    if actual is None or target is None:
        return Effect(kind=EffectKind.UNKNOWN)
    if actual >= target:
        return Effect(kind=EffectKind.REACHED, share=100)
    if baseline is None or baseline >= target:
        return Effect(kind=EffectKind.BETTER)
    if actual < baseline:
        return Effect(kind=EffectKind.WORSE)
    if actual == baseline:
        return Effect(kind=EffectKind.SAME, share=0)
    gone = 100 * (actual - baseline) / (target - baseline)
    # What is nearly there is not there.
    share = min(99, int(gone.quantize(Decimal(1), ROUND_HALF_UP)))
    return Effect(kind=EffectKind.BETTER, share=share)
