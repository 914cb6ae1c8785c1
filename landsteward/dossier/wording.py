"""The words of the paper: data of the rule pack, filled in with values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from landsteward.domain.errors import RulePackError
from landsteward.domain.findings import LegalBasis
from landsteward.domain.quantities import shown
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True)
class Wording:
    """Looks words up by `<section>.<key>`. Values are put in as they are, never read as words."""

    words: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key. Raises RulePackError where the pack's wording lacks or breaks it."""
        template = self.words.get(key)
        if template is None:
            raise RulePackError(
                msg("The wording of the papers lacks “{key}”.", key=key),
                where="wording.toml",
                remedy=msg("Copy the line from the bundled pack's wording.toml."),
            )
        if not values:
            return template
        try:
            return template.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise RulePackError(
                msg("The wording “{key}” cannot be filled in: {reason}.", key=key, reason=error),
                where="wording.toml",
                remedy=msg("Use the same names in braces as the bundled pack's wording.toml."),
            ) from error

    def day(self, day: date | None) -> str:
        """A date in full, e.g. 2026年3月5日 (GB/T 9704: Arabic digits, no leading zeros)."""
        if day is None:
            return self("common.none")
        return self("common.date", year=day.year, month=day.month, day=day.day)

    def short_day(self, day: date | None) -> str:
        """A date for narrow columns, e.g. 2026-03-05."""
        return self("common.none") if day is None else day.isoformat()

    def moment(self, moment: datetime | None) -> str:
        """A date and time of day, in the time zone it was kept in."""
        if moment is None:
            return self("common.none")
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def typed(self, text: str) -> str:
        """A typed text, or the sign for an empty one."""
        return text if text.strip() else self("common.none")

    def figure(self, value: Decimal | None, places: int | None = None) -> str:
        """A figure, exact as kept, or rounded to so many places."""
        if value is None:
            return self("common.none")
        if places is not None:
            return shown(value, places)
        plain = f"{value:,f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain

    def bounds(self, low: Decimal | None, high: Decimal | None) -> str:
        """What a value may be: between, at least, at most, or the sign for not on record."""
        if low is not None and high is not None:
            return self("common.between", low=self.figure(low), high=self.figure(high))
        if low is not None:
            return self("common.at_least", low=self.figure(low))
        if high is not None:
            return self("common.at_most", high=self.figure(high))
        return self("common.none")

    def yes_no(self, value: bool | None) -> str:
        """是 / 否, or the sign for not on record."""
        if value is None:
            return self("common.none")
        return self("common.yes" if value else "common.no")

    def basis(self, basis: LegalBasis) -> str:
        """A legal basis whole: law, article, edition, and the days it is in force."""
        if not basis.article and not basis.version:
            return basis.law
        force = ""
        if basis.valid_from is not None and basis.valid_to is not None:
            force = self(
                "common.in_force_between",
                begin=self.day(basis.valid_from),
                end=self.day(basis.valid_to),
            )
        elif basis.valid_from is not None:
            force = self("common.in_force_from", begin=self.day(basis.valid_from))
        elif basis.valid_to is not None:
            force = self("common.in_force_until", end=self.day(basis.valid_to))
        return self(
            "common.basis",
            law=basis.law,
            article=basis.article,
            version=basis.version,
            force=force,
        )

    def bases(self, bases: tuple[LegalBasis, ...]) -> str:
        """Legal bases, one a line."""
        return "\n".join(self.basis(one) for one in bases) or self("common.none")

    def span(self, begin: date | None, end: date | None) -> str:
        """From when to when, for narrow columns: two lines."""
        if begin is None and end is None:
            return self("common.none")
        return self("common.span", begin=self.short_day(begin), end=self.short_day(end))
