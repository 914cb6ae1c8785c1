"""Names one slip of the pen apart: a sign other, missing, too many, or two neighbours swapped.

Two such names have a key in common: themselves, or what is left of them without one sign. So
whatever their number, each name is looked at once, and never held against all others.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from itertools import combinations

SHORTEST = 4
"""Of shorter names one sign more or less is too much to be a slip."""
MOST_BESIDE = 3
"""A name with more neighbours than this is told from them by its one sign."""
_CROWD = MOST_BESIDE + 2


def slip_keys(name: str, telling: Container[str]) -> list[str]:
    """By what a name shares with those one slip apart; none for short ones.

    Signs that tell two names apart (numbers, directions, letters) are never the slip.
    """
    if len(name) < SHORTEST:
        return [name] if len(name) == SHORTEST - 1 else []
    keys = [name[:at] + name[at + 1 :] for at, sign in enumerate(name) if sign not in telling]
    keys.append(name)
    return keys


def one_slip(first: str, second: str, telling: Container[str]) -> bool:
    """Whether one slip leads from one name to the other; False where they are the same."""
    if len(first) > len(second):
        first, second = second, first
    if first == second or len(second) - len(first) > 1 or len(second) < SHORTEST:
        return False
    at = next((at for at, sign in enumerate(first) if sign != second[at]), len(first))
    if second[at] in telling:
        return False
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    if first[at] in telling:
        return False
    swapped = first[at : at + 2] == second[at : at + 2][::-1]
    return first[at + 1 :] == second[at + 1 :] or (swapped and first[at + 2 :] == second[at + 2 :])


class SlipFilter:
    """Tells quickly of a name that it is none of some names, nor one slip apart from any."""

    def __init__(self, names: Collection[str], telling: Container[str]) -> None:
        self._telling = telling
        self._slots = _slots(len(names))
        self._marks = bytearray(self._slots)
        for name in names:
            for key in (name, *slip_keys(name, telling)):
                self._marks[hash(key) % self._slots] = 1

    def may_be_near(self, name: str) -> bool:
        """False where no name is near or the same; True may be a chance."""
        marks, slots = self._marks, self._slots
        if marks[hash(name) % slots]:
            return True
        return any(marks[hash(key) % slots] for key in slip_keys(name, self._telling))


def _slots(count: int) -> int:
    """How many slots keep the keys of so many names apart, nearly always."""
    return 1 << max(20, (count * 64).bit_length())


def slips(names: Sequence[str], telling: Container[str]) -> list[tuple[int, int]]:
    """Pairs of places in different names that are one slip apart.

    Where a name has many such neighbours, one sign is what tells them apart: then it is no slip.
    """
    slots = _slots(len(names))
    counts = bytearray(slots)
    # Nearly all keys come once: they are counted, never kept, which would take hundreds of MB.
    for name in names:
        for key in slip_keys(name, telling):
            slot = hash(key) % slots
            if counts[slot] < _CROWD:
                counts[slot] += 1
    groups: dict[str, list[int]] = defaultdict(list)
    crowded = set[int]()
    for at, name in enumerate(names):
        for key in slip_keys(name, telling):
            count = counts[hash(key) % slots]
            if count == _CROWD:
                crowded.add(at)
            elif count > 1:
                groups[key].append(at)
    beside: dict[int, set[int]] = defaultdict(set)
    for group in groups.values():
        for first, second in combinations(group, 2):
            if first in crowded or second in crowded or second in beside[first]:
                continue
            if one_slip(names[first], names[second], telling):
                beside[first].add(second)
                beside[second].add(first)
    alone = {at for at, found in beside.items() if 0 < len(found) <= MOST_BESIDE}
    return [
        (first, second)
        for first in sorted(alone)
        for second in sorted(beside[first])
        if first < second and second in alone
    ]
