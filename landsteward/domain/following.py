"""Items of the checklist that follow from others: asked only where another was answered so.

Source: plan item 17 leaves the form to the departments; which item follows from which is data of
the rule pack.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from landsteward.domain.states import ItemOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """The item that leads, and the answers to it after which the follower is asked."""

    item: str
    answers: tuple[ItemOutcome, ...]


class Follower(Protocol):
    """An item, as far as it matters here."""

    @property
    def key(self) -> str: ...
    @property
    def follows(self) -> Follows | None: ...


def asked(items: Iterable[Follower], answers: Mapping[str, ItemOutcome | None]) -> frozenset[str]:
    """The keys of the items that are asked as the form stands.

    `answers` are the lines laid out, by item; one that is not among them is never asked. An item
    whose leader is not asked itself is not asked either, whatever was once answered there.
    """
    known = {one.key: one for one in items}
    found: dict[str, bool] = {}

    def is_asked(key: str) -> bool:
        if key not in found:
            found[key] = False  # a circle, which a pack cannot have, leads nowhere
            one = known.get(key)
            if one is not None and key in answers:
                leads = one.follows
                found[key] = leads is None or (
                    is_asked(leads.item) and answers[leads.item] in leads.answers
                )
        return found[key]

    return frozenset(key for key in known if is_asked(key))


def followers(items: Iterable[Follower], key: str) -> frozenset[str]:
    """All items that follow from one, at first hand or through others."""
    listed = list(items)
    found: set[str] = set()
    ahead = [key]
    while ahead:
        leader = ahead.pop()
        for one in listed:
            if one.follows is not None and one.follows.item == leader and one.key not in found:
                found.add(one.key)
                ahead.append(one.key)
    return frozenset(found)
