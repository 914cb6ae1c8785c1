"""Python looks through everything only while nobody waits for anything."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.helpers.windows import Driver
from ui.garbage import Garbage


class Ring:
    """Something that only a look through everything finds: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(office_window: Driver) -> Iterator[Garbage]:
    before = gc.get_threshold()
    yield Garbage(office_window.window.operations, office_window.window)
    gc.set_threshold(*before)
    gc.unfreeze()


def old_ring() -> "weakref.ref[Ring]":
    """A ring that has survived the young rounds and is no longer needed, and many rounds since."""
    ring = Ring()
    gc.collect(1)
    seen = weakref.ref(ring)
    del ring
    for _ in range(50):
        gc.collect(1)
    return seen


def long_quiet(driver: Driver) -> None:
    driver.settle()
    driver.window.operations._last_asked -= 60


def test_what_nobody_needs_goes_once_it_is_quiet(office_window: Driver, garbage: Garbage) -> None:
    seen = old_ring()
    long_quiet(office_window)
    assert garbage.look()
    assert seen() is None


def test_not_while_somebody_is_at_work(office_window: Driver, garbage: Garbage) -> None:
    seen = old_ring()
    long_quiet(office_window)
    office_window.window.operations.query(office_window.window, lambda ctx: None)
    assert not garbage.look()
    office_window.settle()
    assert not garbage.look()
    assert seen() is not None


def test_not_again_where_little_can_be_found(office_window: Driver, garbage: Garbage) -> None:
    old_ring()
    long_quiet(office_window)
    assert garbage.look()
    assert not garbage.look()


def test_no_look_through_everything_by_itself(office_window: Driver, garbage: Garbage) -> None:
    gc.collect()
    rounds = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(300_000)]
    assert len(kept) == 300_000
    assert gc.get_stats()[2]["collections"] == rounds
