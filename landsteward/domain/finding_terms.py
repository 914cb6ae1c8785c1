"""What a county sets about findings: categories, root causes, objections, slips.

Data of the rule pack (`findings.toml`). No law fixes the days given here; they are a pack's
defaults (`domain.md` §9).
"""

from collections.abc import Collection
from dataclasses import dataclass

from landsteward.domain.states import SlipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCategory:
    """A kind of problem, for lists and statistics.

    Findings of these items, or else of these departments, belong to it unless a person says
    otherwise.
    """

    key: str
    name: str
    name_en: str
    items: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    """Why a problem came about, as far as causes can be counted."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionTerms:
    """Calendar days given for an answer; whether who took the objection may not answer it."""

    answer_days: int = 15
    second_person: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTerms:
    """A kind of slip: the 代字 of its own series, its name, and the calendar days for a reply."""

    kind: SlipKind
    code: str
    name: str
    name_en: str
    reply_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTerms:
    """All of it. A pack without the file has no lists and sends no slips."""

    categories: tuple[FindingCategory, ...] = ()
    root_causes: tuple[RootCause, ...] = ()
    objections: ObjectionTerms = ObjectionTerms()
    slips: tuple[SlipTerms, ...] = ()

    def category_of(self, items: Collection[str], department: str) -> str | None:
        """The category of a finding that answers these items, for that department."""
        by_item = (one for one in self.categories if not set(items).isdisjoint(one.items))
        by_department = (one for one in self.categories if department in one.departments)
        found = next(by_item, None) or next(by_department, None)
        return found.key if found is not None else None

    def category(self, key: str | None) -> FindingCategory | None:
        """The category of that key, None where the pack has none such."""
        return next((one for one in self.categories if one.key == key), None)

    def root_cause(self, key: str | None) -> RootCause | None:
        """The cause of that key, None where the pack has none such."""
        return next((one for one in self.root_causes if one.key == key), None)

    def slip(self, kind: SlipKind) -> SlipTerms | None:
        """How slips of a kind go out, None where the pack has no series for them."""
        return next((one for one in self.slips if one.kind is kind), None)
