"""Which fields the tables of a pack may have, taken from the records they are read into.

A table that is not listed here is still shown and edited, by the kind of the values it has.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from landsteward.app.pack_files import FieldShape, ValueKind
from landsteward.domain.closing_terms import LookBackTerm, NoBenefit
from landsteward.domain.colours import ColourTerms
from landsteward.domain.conflict_terms import ConflictKind
from landsteward.domain.follow_up_terms import ExtensionLimits
from landsteward.domain.laws import BasisRef, Law
from landsteward.domain.pack_places import Place
from landsteward.domain.plan_templates import PlanTemplate
from landsteward.domain.rulepack import (
    ChecklistItem,
    Department,
    MetricKind,
    Numbering,
    ScreeningRule,
    SeverityGrade,
)
from landsteward.domain.ways.paths import RemedyPath

LISTS: dict[tuple[str, str], type] = {
    ("pack.toml", "severities"): SeverityGrade,
    ("departments.toml", "departments"): Department,
    ("items", "items"): ChecklistItem,
    ("rules.toml", "rules"): ScreeningRule,
    ("laws.toml", "laws"): Law,
    ("paths.toml", "paths"): RemedyPath,
    ("metrics.toml", "metrics"): MetricKind,
    ("closing.toml", "look_backs"): LookBackTerm,
    ("closing.toml", "no_benefit"): NoBenefit,
    ("conflicts.toml", "kinds"): ConflictKind,
    ("plans.toml", "templates"): PlanTemplate,
}
"""The records of each list of tables; `items` stands for every file of that folder."""

SINGLES: dict[tuple[str, str], type] = {
    ("pack.toml", "numbering"): Numbering,
    ("follow_up.toml", "colours"): ColourTerms,
    ("follow_up.toml", "extensions"): ExtensionLimits,
}

_FIXED = frozenset({"key", "level", "version", "predicate"})
"""What an entry is known by, and what the program does with it: another entry is another one."""
_SAID_ONCE: dict[type, frozenset[str]] = {ChecklistItem: frozenset({"department"})}


def fields_at(file: str, place: Place) -> tuple[FieldShape, ...]:
    """The fields of the table at a place; none where it is not known."""
    kind = _record_at(file, place)
    if kind is None:
        return ()
    hints = get_type_hints(kind)
    return tuple(
        _shape(one.name, hints[one.name], one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
        if one.name not in _FIXED and one.name not in _SAID_ONCE.get(kind, ())
    )


def _record_at(file: str, place: Place) -> type | None:
    """The record that the table at a place is read into."""
    if not place:
        return None
    folder = "items" if file.startswith("items/") else file
    kind = SINGLES.get((folder, place[0])) if len(place) == 1 else LISTS.get((folder, place[0]))
    # From an entry (two steps) down: a field, then the name of an entry in it.
    for at in range(2, len(place), 2):
        if kind is None or at + 1 >= len(place):
            return None
        kind = _inner(get_type_hints(kind).get(place[at]))
    return kind


def _inner(hint: Any) -> type | None:
    """The record that a field holds several of."""
    if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
        inner: type = get_args(hint)[0]
        return inner
    return None


def _shape(name: str, hint: Any, required: bool) -> FieldShape:
    plain = next((one for one in get_args(hint) if one is not type(None)), hint)
    kind, choices = ValueKind.OTHER, ()
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is BasisRef:
            kind = ValueKind.BASES
        else:
            kind = ValueKind.ENTRIES if is_dataclass(inner) else ValueKind.TEXTS
    elif get_origin(hint) is not dict and isinstance(plain, type):
        kind = _plain_kind(plain)
        if issubclass(plain, Enum):
            return FieldShape(
                name=name, kind=kind, required=required, choices=tuple(one.value for one in plain)
            )
    return FieldShape(name=name, kind=kind, required=required, choices=choices)


def _plain_kind(kind: type) -> ValueKind:
    if issubclass(kind, Enum):
        return ValueKind.CHOICE
    if kind is bool:
        return ValueKind.TRUTH
    return {
        str: ValueKind.TEXT,
        int: ValueKind.WHOLE,
        Decimal: ValueKind.FIGURE,
        date: ValueKind.DAY,
    }.get(kind, ValueKind.OTHER)
