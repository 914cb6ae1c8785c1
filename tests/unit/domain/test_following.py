"""Items that follow from others: asked only where their leader was answered so."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.following import Follows, asked, followers
from landsteward.domain.states import ItemOutcome

OK, PROBLEM, NOT_APPLICABLE = ItemOutcome


@dataclass(frozen=True)
class Item:
    """An item by its key, and what it follows from."""

    key: str
    follows: Follows | None = None


def after(item: str, *answers: ItemOutcome) -> Follows:
    return Follows(item=item, answers=answers)


CHAIN = (
    Item("one_year"),
    Item("two_years", after("one_year", PROBLEM)),
    Item("recovered", after("two_years", PROBLEM)),
    Item("suspended", after("one_year", OK, NOT_APPLICABLE)),
    Item("fence"),
)


def test_a_follower_comes_and_goes_with_its_leaders_answer() -> None:
    answers: dict[str, ItemOutcome | None] = dict.fromkeys(one.key for one in CHAIN)
    assert asked(CHAIN, answers) == {"one_year", "fence"}
    answers["one_year"] = PROBLEM
    assert asked(CHAIN, answers) == {"one_year", "two_years", "fence"}
    answers["one_year"] = NOT_APPLICABLE
    assert asked(CHAIN, answers) == {"one_year", "suspended", "fence"}


def test_what_follows_from_an_unasked_item_is_unasked_whatever_was_answered_there() -> None:
    answers = {"one_year": OK, "two_years": PROBLEM, "recovered": PROBLEM, "suspended": OK}
    assert asked(CHAIN, answers) == {"one_year", "suspended"}, "the fence was never laid out"


def test_followers_are_found_at_second_hand() -> None:
    assert followers(CHAIN, "one_year") == {"two_years", "recovered", "suspended"}
    assert followers(CHAIN, "two_years") == {"recovered"}
    assert not followers(CHAIN, "fence")


@given(st.fixed_dictionaries({one.key: st.sampled_from([None, *ItemOutcome]) for one in CHAIN}))
def test_asked_items_have_asked_leaders_who_were_answered_so(
    answers: dict[str, ItemOutcome | None],
) -> None:
    found = asked(CHAIN, answers)
    for one in CHAIN:
        if one.follows is None:
            assert one.key in found
        else:
            led = one.follows.item in found and answers[one.follows.item] in one.follows.answers
            assert (one.key in found) == led
