"""A county's own rule pack: the draft it is worked out in, and the versions it was published in.

A draft is the files it was copied from and what was changed since, one record a value, so that
the trail tells each change by itself. A published version is whole: its files stand under one
SHA-256 and never change, because checkups made with it must print the same again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDraft:
    """A pack being worked out. `sha256` is that of the files it began with (`based_on`)."""

    id: str
    county: str
    based_on: str
    sha256: str
    begun_at: datetime
    begun_by: str
    state: DraftState = DraftState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEdit:
    """One value of a draft that differs from what it began with.

    `place` leads to it by names (`items`, `noise`, `severity`); `old` and `new` are values as TOML
    writes them, None where there is none.
    """

    id: str
    draft_id: str
    file: str
    place: tuple[str, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVersion:
    """A published version: from which day new work is done with it, by whom, and what changed."""

    id: str
    key: str
    version: str
    name: str
    based_on: str
    in_force_from: date
    published_at: datetime
    published_by: str
    changes: str
    sha256: str


def in_force(versions: Iterable[PackVersion], day: date) -> PackVersion | None:
    """The version for new work on a day: the one that began last, of two the later published."""
    begun = [one for one in versions if one.in_force_from <= day]
    return max(begun, key=lambda one: (one.in_force_from, one.published_at, one.id), default=None)
