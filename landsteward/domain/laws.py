"""Laws with their editions, and references to them: what findings, rules, ways out rest on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class LawVersion:
    """One edition: its own name and the days it is in force (`valid_to` is the last day)."""

    version: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, regulation, rule, plan, standard or contract that something can rest on.

    `contract` marks a contract of the very case: where that contract is at hand, its number and
    the day it was signed stand in for the pack's edition (`contract_basis`). `note` says what has
    still to be verified.
    """

    key: str
    title: str
    title_en: str
    versions: tuple[LawVersion, ...]
    contract: bool = False
    note: str = ""
    note_en: str = ""

    def version_on(self, day: date) -> LawVersion | None:
        """The edition in force on a day; an open end counts as in force."""
        for edition in self.versions:
            begun = edition.valid_from is None or edition.valid_from <= day
            ended = edition.valid_to is not None and edition.valid_to < day
            if begun and not ended:
                return edition
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRef:
    """A reference to an article of a law, e.g. law `idle_land`, article 第十四条.

    `versions`, where given, are the editions of the law in which the article has this number.
    """

    law: str
    article: str
    versions: tuple[str, ...] = ()
