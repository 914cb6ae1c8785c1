"""Keystroke to shown rows in the list of 200 000 enterprises, beside the SQL itself.

Ours: the program's own window; a key goes into the filter box of the register, and the clock stops
when the rows that fit have been painted. Theirs: the same answers asked of the same file by SQL
alone, without a window: the keys of all rows that fit, in the order of the list, and the first page
of rows. Both sides take the same keys; the 95th percentile over them is compared.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.county import ENTERPRISES, County, county
from benchmarks.side_by_side import Comparison, compare

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.widgets.table import ListPanel

LIMIT = 2.0
_WORDS_OF_EACH = 8
_LONGEST_S = 20.0


def measure(runs: int) -> Comparison:
    """One window for all of it; the keys typed before the first pair warm it up."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    there = county()
    typed = _words(there.file)
    keys = sum(map(len, typed))
    with _window(there) as box, _sql(there.file) as ask:
        return compare(
            what=f"keystroke to shown rows, {ENTERPRISES} enterprises, p95 of {keys} keys",
            beside="the SQL itself",
            ours=lambda: _p95(took for word in typed for took in box.type(word)),
            theirs=lambda: _p95(
                ask(word[:length]) for word in typed for length in range(1, len(word) + 1)
            ),
            limit=LIMIT,
            runs=runs,
        )


def _p95(times: Iterator[float]) -> float:
    ordered = sorted(times)
    return ordered[int(len(ordered) * 0.95)]


def _words(file: Path) -> list[str]:
    """What people type for things on record: scraps of names, their initials, codes, phones."""
    from db.connection import connect
    from db.words import search_initials

    session = connect(file, key=None, read_only=True)
    rows = session.conn.execute(
        "SELECT short_name, name, uscc, phone, contact FROM enterprises ORDER BY nr"
    ).fetchall()
    session.conn.close()
    dice = random.Random(5)
    found: list[str] = []
    for _ in range(_WORDS_OF_EACH):
        short, name, code, phone, contact = dice.choice(rows)
        initials = "".join(pair[0] for pair in search_initials(short).split(" 。 ")[0].split())
        found += [short, name[:6], initials, code[8:17], phone[-5:], contact]
    return found


@contextmanager
def _sql(file: Path) -> Iterator[Any]:
    """The answers by SQL alone, in seconds."""
    from db.connection import connect
    from db.states import STATES
    from db.words import query

    session = connect(file, key=None, read_only=True)
    listed = (Path(__file__).parents[1] / "db/sql/enterprises.sql").read_text("utf-8")
    keys = (
        f"SELECT id FROM ({listed}) WHERE nr IN "
        "(SELECT rowid FROM enterprise_search WHERE enterprise_search MATCH :match) "
        "ORDER BY name_order, id"
    )
    page = f"SELECT list.* FROM ({listed}) AS list WHERE id IN ({{keys}})"

    def ask(text: str) -> float:
        began = time.perf_counter()
        found = session.conn.execute(keys, {**STATES, "match": query(text)}).fetchall()
        some = ", ".join(f"'{key}'" for (key,) in found[:100])
        session.conn.execute(page.format(keys=some), STATES).fetchall()
        return time.perf_counter() - began

    try:
        yield ask
    finally:
        session.conn.close()


class _FilterBox:
    """The filter box of the register's list, and when the list has been painted."""

    def __init__(self, panel: "ListPanel") -> None:
        from PySide6.QtCore import QEvent, QEventLoop, QObject

        loop = QEventLoop(panel)

        class Watch(QObject):
            """Ends the wait with the paint that follows once the model has its rows."""

            loaded = False

            def eventFilter(self, _watched: "QObject", event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and self.loaded:
                    # It returns when this paint is done.
                    loop.quit()
                return False

        self._panel = panel
        self._loop = loop
        self._watch = Watch(panel)
        for shown in (panel.table.viewport(), panel.nothing):
            shown.installEventFilter(self._watch)
        panel.model.loaded.connect(self._note)

    def _note(self) -> None:
        self._watch.loaded = True

    def type(self, word: str) -> Iterator[float]:
        """Type a word into the empty box; the seconds from each key to its rows."""
        if self._panel.filter.text():
            self._shown(self._panel.filter.clear)
        for sign in word:
            yield self._shown(partial(_press, self._panel, sign))

    def _shown(self, press: Callable[[], object]) -> float:
        """The seconds until what comes of it has been painted. A real loop waits for it: one that
        asked again and again would keep Python from the thread that looks.
        """
        self._watch.loaded = False
        began = time.perf_counter()
        press()
        self._loop.exec()
        return time.perf_counter() - began


def _press(panel: "ListPanel", sign: str) -> None:
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    if sign.isascii():
        QTest.keyClicks(panel.filter, sign)
        return
    composed = QInputMethodEvent()
    composed.setCommitString(sign)
    QApplication.sendEvent(panel.filter, composed)


@contextmanager
def _window(there: County) -> Iterator[_FilterBox]:
    from PySide6.QtWidgets import QApplication

    from landsteward import bootstrap
    from ui import theme
    from ui.garbage import Garbage
    from ui.pages.register.lists import RegisterPage
    from ui.window import MainWindow
    from ui.workbench import Place

    theme.application()
    window = MainWindow(bootstrap.window_services(folder=there.settings))
    window.open_file(there.file, Place("register"))
    window.show()
    Garbage(window.operations, window)
    end = time.perf_counter() + _LONGEST_S
    while True:
        QApplication.processEvents()
        page = window.shell.page if window.shell is not None else None
        if isinstance(page, RegisterPage) and window.operations.idle and page.enterprises.model.ids:
            break
        if time.perf_counter() > end:
            raise RuntimeError("the register did not open")
    try:
        yield _FilterBox(page.enterprises)
    finally:
        window.close()
        window.finish()
