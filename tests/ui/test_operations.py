"""Background work: order, owners, the two kinds of errors, cancelling, and the end."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError
from landsteward.domain.text import msg
from tests.helpers.logs import ExpectedLogs
from tests.helpers.windows import english_services, office_file
from ui.operations import Operations, Progress


@dataclass
class Bench:
    """Operations with an open workspace, and an owner to ask in whose name."""

    operations: Operations
    owner: QObject
    qtbot: QtBot
    file: Path

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.operations.idle, timeout=5000)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    services = english_services(tmp_path)
    operations = Operations(services)
    file = office_file(tmp_path)
    owner = QObject()
    made = Bench(operations, owner, qtbot, file)
    operations.open(
        owner,
        lambda: services.open_workspace(file),
        success=lambda _nothing: None,
        failure=lambda error: pytest.fail(str(error)),
    )
    made.settle()
    yield made
    operations.close()


def test_work_is_done_elsewhere_and_answered_here(bench: Bench) -> None:
    here = threading.get_ident()
    seen: list[tuple[int, int]] = []

    def ask(ctx: Context) -> int:
        ctx.workspace.enterprises.count()
        return threading.get_ident()

    bench.operations.query(
        bench.owner, ask, success=lambda there: seen.append((there, threading.get_ident()))
    )
    assert seen == []
    bench.settle()
    ((there, back),) = seen
    assert there != here
    assert back == here


def test_everything_on_the_workspace_runs_in_the_order_asked(bench: Bench) -> None:
    ran: list[int] = []

    def note(number: int) -> Callable[[Context], None]:
        return lambda ctx: ran.append(number)

    for number in range(20):
        bench.operations.query(bench.owner, note(number))
    bench.settle()
    assert ran == list(range(20))


def test_a_result_nobody_waits_for_is_dropped(bench: Bench) -> None:
    gate = threading.Event()
    heard: list[object] = []
    owner = QObject()
    bench.operations.query(owner, lambda ctx: gate.wait(5), success=heard.append)
    owner.deleteLater()
    del owner
    bench.qtbot.wait(20)
    gate.set()
    bench.settle()
    assert heard == []


def test_what_was_cancelled_before_it_began_never_runs(bench: Bench) -> None:
    gate = threading.Event()
    ran: list[str] = []
    bench.operations.query(bench.owner, lambda ctx: gate.wait(5))
    work = bench.operations.query(bench.owner, lambda ctx: ran.append("no"))
    work.cancel()
    gate.set()
    bench.settle()
    assert ran == []


def test_a_known_error_goes_to_whoever_asked(bench: Bench) -> None:
    heard: list[KnownError] = []

    def refuse(ctx: Context) -> None:
        raise KnownError(msg("Not like this."))

    bench.operations.query(bench.owner, refuse, failure=heard.append)
    bench.settle()
    assert [str(error) for error in heard] == ["Not like this."]


def test_a_known_error_nobody_takes_is_announced(bench: Bench) -> None:
    def refuse(ctx: Context) -> None:
        raise KnownError(msg("Not like this."))

    with bench.qtbot.waitSignal(bench.operations.failed) as heard:
        bench.operations.change(bench.owner, refuse)
    assert str(heard.args[0]) == "Not like this."


def test_anything_else_is_a_bug_and_the_next_work_goes_on(
    bench: Bench, expected_log: ExpectedLogs
) -> None:
    expected_log("background work failed", logging.ERROR)
    with bench.qtbot.waitSignal(bench.operations.bug_found) as heard:
        bench.operations.query(bench.owner, lambda ctx: 1 // 0)
    assert isinstance(heard.args[0], ZeroDivisionError)
    counted: list[int] = []
    bench.operations.query(
        bench.owner, lambda ctx: ctx.workspace.people.count(), success=counted.append
    )
    bench.settle()
    assert counted == [7]


def test_a_change_announces_that_things_changed(bench: Bench) -> None:
    with bench.qtbot.waitSignals([bench.operations.changed, bench.operations.saved]):
        bench.operations.change(bench.owner, lambda ctx: None)


def test_a_change_is_made_even_when_its_owner_is_gone(bench: Bench) -> None:
    made: list[str] = []
    owner = QObject()
    bench.operations.change(owner, lambda ctx: made.append("yes"))
    del owner
    bench.settle()
    assert made == ["yes"]


def test_long_work_says_how_far_it_is_and_can_be_stopped(bench: Bench) -> None:
    told: list[tuple[int, int]] = []
    stopped: list[bool] = []
    begun = threading.Event()

    def work(ctx: Context, progress: Progress) -> None:
        for done in range(100_000):
            progress(done, 100_000)
            begun.set()
            threading.Event().wait(0.001)

    running = bench.operations.long_change(
        bench.owner,
        work,
        progressed=lambda done, total: told.append((done, total)),
        stopped=lambda: stopped.append(True),
    )
    begun.wait(5)
    bench.qtbot.waitUntil(lambda: len(told) > 0)
    running.cancel()
    bench.settle()
    assert stopped == [True]
    assert told[0][1] == 100_000


def test_reading_files_does_not_hold_up_the_workspace(bench: Bench) -> None:
    gate = threading.Event()
    answered: list[int] = []
    bench.operations.task(bench.owner, lambda progress: gate.wait(5))
    bench.operations.query(
        bench.owner, lambda ctx: ctx.workspace.people.count(), success=answered.append
    )
    bench.qtbot.waitUntil(lambda: answered == [7])
    gate.set()
    bench.settle()


def test_closing_waits_for_the_writes_asked_for(bench: Bench) -> None:
    made: list[int] = []
    for number in range(5):

        def write(ctx: Context, number: int = number) -> None:
            threading.Event().wait(0.01)
            made.append(number)

        bench.operations.change(bench.owner, write)
    bench.operations.close()
    assert made == [0, 1, 2, 3, 4]
