"""What the files of a pack must agree on: references that lead somewhere, limits that make sense.

Every check notes its mistake at the key concerned and goes on.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Protocol, TypeVar

from landsteward.domain.laws import BasisRef, Law
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.register import OutputContract, SupplyContract
from landsteward.domain.rulepack import (
    ChecklistItem,
    Department,
    Numbering,
    ScreeningRule,
    SeverityGrade,
)
from landsteward.domain.states import ItemOutcome, Severity
from landsteward.domain.text import msg
from landsteward.packs.folder import PLAIN_NAME
from landsteward.packs.mistakes import KeyPath
from landsteward.packs.reading import PackFile

_KEY = re.compile(r"[a-z][a-z0-9_]*")

MOST_DAYS = 3650
"""No deadline lies further off than ten years."""

CONTRACT_LIMITS = frozenset(
    name
    for record in (SupplyContract, OutputContract)
    for name, kind in record.__annotations__.items()
    if "Decimal" in str(kind)
)
"""Terms of the two contracts that a measured item's limit can come from."""


class Keyed(Protocol):
    """A record with a key of its own."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def unique_keys(
    file: PackFile, name: str, entries: Iterable[K | None], taken: dict[str, K] | None = None
) -> dict[str, K]:
    """The records that could be read, by their keys; a key used twice or misspelt is noted."""
    known: dict[str, K] = {} if taken is None else taken
    for at, entry in enumerate(entries):
        if entry is None:
            continue
        if not _KEY.fullmatch(entry.key):
            file.wrong((name, at, "key"), msg("a key is lower-case English: a-z, 0-9 and _"))
        if entry.key in known:
            file.wrong((name, at, "key"), msg("the key {key} is used twice", key=entry.key))
        known[entry.key] = entry
    return known


def check_head(file: PackFile, key: str, version: str) -> None:
    """Names under which a pack is found again: they are those of folders, too."""
    if not PLAIN_NAME.fullmatch(key):
        file.wrong(("key",), msg("letters, digits, dots and hyphens are allowed"))
    if not PLAIN_NAME.fullmatch(version):
        file.wrong(("version",), msg("letters, digits, dots and hyphens are allowed"))


def check_severities(file: PackFile, grades: Sequence[SeverityGrade | None]) -> None:
    """Each level once, with days to put things right."""
    levels = [grade.level for grade in grades if grade is not None]
    for at, grade in enumerate(grades):
        if grade is None:
            continue
        place = ("severities", at)
        if grade.level in levels[:at]:
            file.wrong((*place, "level"), msg("this level is there twice"))
        if grade.deadline_days < 1:
            file.wrong((*place, "deadline_days"), msg("at least one day is needed"))
        elif grade.deadline_days > MOST_DAYS:
            file.wrong((*place, "deadline_days"), msg("at most {days} days", days=MOST_DAYS))
    if None not in grades:
        for level in Severity:
            if level not in levels:
                file.wrong(("severities",), msg("level {level} is missing", level=level.value))


def check_numbering(file: PackFile, numbering: Numbering) -> None:
    """A 代字 for each kind of paper, and none for two: numbers are unique per 代字 and year."""
    taken: dict[str, str] = {}
    for name, code in asdict(numbering).items():
        if code.strip() in taken:
            other = taken[code.strip()]
            file.wrong(("numbering", name), msg("{other} has the same 代字", other=other))
        taken[code.strip()] = name


def check_departments(
    file: PackFile, departments: Sequence[Department], items: Sequence[ChecklistItem]
) -> None:
    """Whoever takes part in checkups has something to check."""
    checking = {item.department for item in items}
    for at, department in enumerate(departments):
        if items and department.key not in checking:
            file.wrong(("departments", at), msg("this department has no checklist"))


def check_laws(file: PackFile, laws: Sequence[Law | None]) -> None:
    """Editions that begin before they end, and at most one in force on any day."""
    for at, law in enumerate(laws):
        if law is None:
            continue
        place: KeyPath = ("laws", at, "versions")
        if not law.versions:
            file.wrong(place, msg("at least one version is needed"))
        for number, one in enumerate(law.versions):
            if one.valid_from and one.valid_to and one.valid_from > one.valid_to:
                file.wrong((*place, number, "valid_from"), msg("valid_from lies after valid_to"))
            for other in law.versions[:number]:
                if one.version == other.version:
                    file.wrong((*place, number, "version"), msg("this version is there twice"))
                apart = (
                    one.valid_to is not None
                    and other.valid_from is not None
                    and one.valid_to < other.valid_from
                ) or (
                    other.valid_to is not None
                    and one.valid_from is not None
                    and other.valid_to < one.valid_from
                )
                if not apart:
                    file.wrong(
                        (*place, number),
                        msg("{version} is in force on the same days", version=other.version),
                    )


def check_following(file: PackFile, items: Sequence[ChecklistItem | None]) -> None:
    """Items that follow from others of their department, which stand before them in the list."""
    before: set[str] = set()
    all_keys = {item.key for item in items if item is not None}
    for at, item in enumerate(items):
        if item is None:
            continue
        if (leads := item.follows) is not None:
            place = ("items", at, "follows")
            if leads.item == item.key:
                file.wrong((*place, "item"), msg("an item cannot follow from itself"))
            elif leads.item not in all_keys:
                file.wrong(
                    (*place, "item"), msg("the item {key} is not in this file", key=leads.item)
                )
            elif leads.item not in before:
                file.wrong(
                    (*place, "item"), msg("the item {key} must stand before it", key=leads.item)
                )
            if not leads.answers:
                file.wrong((*place, "answers"), msg("at least one answer is needed"))
            if len(set(leads.answers)) < len(leads.answers):
                file.wrong((*place, "answers"), msg("an answer is there twice"))
            if set(leads.answers) == set(ItemOutcome):
                file.wrong((*place, "answers"), msg("after every answer it follows from none"))
        before.add(item.key)


class References:
    """Checks what refers to laws and departments."""

    def __init__(self, laws: Mapping[str, Law], departments: Mapping[str, Department]) -> None:
        self._laws = laws
        self._departments = departments

    def item(self, file: PackFile, place: KeyPath, item: ChecklistItem) -> None:
        """A checklist item: department, bases, limits."""
        self.bases(file, (*place, "bases"), item.bases, needed=True)
        if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
            file.wrong((*place, "minimum"), msg("the minimum lies above the maximum"))
        if item.limit_from is not None and item.limit_from not in CONTRACT_LIMITS:
            file.wrong(
                (*place, "limit_from"),
                msg("no contract has a term {name} with a figure", name=item.limit_from),
            )

    def rule(self, file: PackFile, place: KeyPath, rule: ScreeningRule) -> None:
        """A screening rule: department, predicate and what it needs, levels, bases."""
        self.department(file, (*place, "department"), rule.department)
        for at, key in enumerate(rule.checked_by):
            self.department(file, (*place, "checked_by", at), key)
        predicate = PREDICATES.get(rule.predicate)
        if predicate is None:
            file.wrong(
                (*place, "predicate"),
                msg(
                    "there is no predicate {name}; there are: {known}",
                    name=rule.predicate,
                    known=", ".join(PREDICATES),
                ),
            )
        else:
            for name in sorted(predicate.params - rule.params.keys()):
                file.wrong((*place, "params", name), msg("this parameter is missing"))
            for name in sorted(rule.params.keys() - predicate.params):
                file.wrong((*place, "params", name), msg("the predicate has no such parameter"))
            for name in sorted(rule.extra_bases.keys() - predicate.groups):
                file.wrong((*place, "extra_bases", name), msg("the predicate has no such group"))
        if not rule.levels:
            file.wrong((*place, "levels"), msg("at least one level is needed"))
        for at, level in enumerate(rule.levels):
            here = (*place, "levels", at)
            self.bases(file, (*here, "bases"), level.bases, needed=True)
            if at and level.at_least <= rule.levels[at - 1].at_least:
                file.wrong((*here, "at_least"), msg("levels must rise by at_least"))
            if at and level.severity > rule.levels[at - 1].severity:
                file.wrong(
                    (*here, "severity"), msg("a higher level cannot be less severe (1 is gravest)")
                )
        for group, refs in rule.extra_bases.items():
            self.bases(file, (*place, "extra_bases", group), refs, needed=True)

    def department(self, file: PackFile, place: KeyPath, key: str) -> None:
        """A department that is listed."""
        if key not in self._departments:
            file.wrong(place, msg("the department {key} is not in departments.toml", key=key))

    def bases(
        self, file: PackFile, place: KeyPath, refs: Sequence[BasisRef], *, needed: bool
    ) -> None:
        """References to listed laws, in editions those have."""
        if needed and not refs:
            file.wrong(place, msg("at least one basis is needed"))
        for at, ref in enumerate(refs):
            law = self._laws.get(ref.law)
            if law is None:
                file.wrong((*place, at), msg("the law {key} is not in laws.toml", key=ref.law))
                continue
            for version in set(ref.versions) - {one.version for one in law.versions}:
                file.wrong(
                    (*place, at),
                    msg("{law} has no version {version}", law=ref.law, version=version),
                )
