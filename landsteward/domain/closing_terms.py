"""What a county sets about closing: when is looked back, why no benefit may be due.

Data of the rule pack (`closing.toml`). No text fixes the months given there; they are a pack's
defaults (`domain.md` §9).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from landsteward.domain.states import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackTerm:
    """After how many months a closed finding is looked at again (回头看).

    For findings of these severities and these categories; none named: of all.
    """

    months: tuple[int, ...]
    severities: tuple[Severity, ...] = ()
    categories: tuple[str, ...] = ()

    def fits(self, severity: Severity, category: str | None) -> bool:
        """Whether it is about such a finding."""
        return (not self.severities or severity in self.severities) and (
            not self.categories or category in self.categories
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBenefit:
    """A reason why no benefit is due, e.g. that the problem was one of papers only."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingTerms:
    """All of it. Of the terms the first that fits counts; without one nothing is looked back at.

    A look-back shows as due `near_days` before its day.
    """

    near_days: int = 30
    look_backs: tuple[LookBackTerm, ...] = ()
    no_benefit: tuple[NoBenefit, ...] = ()

    def look_back_days(
        self, *, severity: Severity, category: str | None, closed_on: date
    ) -> tuple[date, ...]:
        """The days on which a finding closed on a day is looked at again."""
        term = next((one for one in self.look_backs if one.fits(severity, category)), None)
        return tuple(months_after(closed_on, one) for one in term.months) if term else ()

    def reason(self, key: str | None) -> NoBenefit | None:
        """The reason of that key, None where the pack has none such."""
        return next((one for one in self.no_benefit if one.key == key), None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has none such.

    31 January 2027 and one month: 28 February 2027.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
