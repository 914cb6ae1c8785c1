"""Places in the tables of a pack, by names instead of numbers, and what differs between two packs.

Tables are plain: mappings, lists, texts, figures. An entry of a list is known by its key, its
level or its edition, otherwise by where it stands (`#1`). All of it holds for any table, also for
those this module knows nothing of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

Place = tuple[str, ...]
Tables = Mapping[str, Mapping[str, Any]]
"""The content of each file of a pack."""

_NAMES = ("key", "level", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChange:
    """A value that two packs differ in; None is where there is none on that side."""

    file: str
    place: Place
    old: Any
    new: Any


def is_entries(value: object) -> TypeGuard[Sequence[Mapping[str, Any]]]:
    """Whether it is a list of tables."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(one, Mapping) for one in value)
    )


def name_of(entry: Mapping[str, Any], at: int) -> str:
    """What an entry of a list is known by."""
    return next((str(entry[name]) for name in _NAMES if name in entry), f"#{at + 1}")


def number_of(entries: Sequence[Mapping[str, Any]], name: str) -> int | None:
    """Where the entry of that name stands."""
    return next((at for at, one in enumerate(entries) if name_of(one, at) == name), None)


def value_at(table: object, place: Place) -> Any:
    """The value at a place, None where there is none."""
    value: Any = table
    for name in place:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif is_entries(value):
            at = number_of(value, name)
            value = None if at is None else value[at]
        else:
            return None
    return value


def named(table: object, path: Sequence[str | int]) -> Place:
    """A way by numbers (`items`, 3, `severity`) as one by names (`items`, `noise`, `severity`)."""
    found: list[str] = []
    value: Any = table
    for step in path:
        if isinstance(step, int):
            inside = value[step] if isinstance(value, Sequence) and step < len(value) else None
            found.append(name_of(inside, step) if isinstance(inside, Mapping) else f"#{step + 1}")
        else:
            inside = value.get(step) if isinstance(value, Mapping) else None
            found.append(step)
        value = inside
    return tuple(found)


def differences(before: Tables, after: Tables) -> tuple[PackChange, ...]:
    """What differs, file by file; an entry that is new or gone is told whole."""
    found: list[PackChange] = []
    for file in _both(before, after):
        _compare(file, (), before.get(file), after.get(file), found)
    return tuple(found)


def _compare(file: str, place: Place, old: Any, new: Any, found: list[PackChange]) -> None:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in _both(old, new):
            _compare(file, (*place, name), old.get(name), new.get(name), found)
    elif is_entries(old) and is_entries(new):
        _compare(file, place, _by_name(old), _by_name(new), found)
    elif not place and (old is None or new is None):
        # A file that only one of them has: its tables, one by one.
        _compare(file, place, old or {}, new or {}, found)
    elif len(place) == 1 and (is_entries(old) or is_entries(new)):
        _compare(file, place, _by_name(old or ()), _by_name(new or ()), found)
    elif old != new:
        found.append(PackChange(file=file, place=place, old=old, new=new))


def _by_name(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {name_of(entry, at): entry for at, entry in enumerate(entries)}


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names of both, in the order of the second, what only the first has behind."""
    return [*other, *(name for name in one if name not in other)]
