"""A way out as a rule pack describes it: what it rests on, what it asks, how it goes.

Data of the rule pack (`paths.toml`). What is not known is left empty: nothing here is guessed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from landsteward.domain.laws import BasisRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WayCondition:
    """One condition or block of a way out: a predicate of `landsteward.domain.ways.predicates`.

    `fact` is the key of what has to be answered in the case, where the predicate asks for that.
    A condition that `can_be_met` leaves the way open while it is not: it then says what is still
    to be done.
    """

    key: str
    predicate: str
    text: str
    text_en: str
    bases: tuple[BasisRef, ...] = ()
    params: dict[str, Decimal] = field(default_factory=dict)
    fact: str = ""
    can_be_met: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """What is done, by whom, in how many days as a rule; no days where none are known."""

    what: str
    what_en: str
    who: str = ""
    who_en: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyPath:
    """A lawful way out (解决路径) with the plan item it comes from.

    It answers findings of these categories, checklist items or automatic rules; where none are
    named, any. `conditions` have to be met, what `blocks` names closes the way (`domain.md` §5).
    """

    key: str
    name: str
    name_en: str
    bases: tuple[BasisRef, ...]
    categories: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    conditions: tuple[WayCondition, ...] = ()
    blocks: tuple[WayCondition, ...] = ()
    steps: tuple[WayStep, ...] = ()
    papers: tuple[str, ...] = ()
    papers_en: tuple[str, ...] = ()
    office: str = ""
    office_en: str = ""
    duration: str = ""
    duration_en: str = ""
    note: str = ""
    note_en: str = ""

    def answers(self, *, category: str | None, items: Collection[str], rule: str | None) -> bool:
        """Whether the pack names it for such a finding."""
        if not (self.categories or self.items or self.rules):
            return True
        return (
            category in self.categories
            or rule in self.rules
            or not set(items).isdisjoint(self.items)
        )
