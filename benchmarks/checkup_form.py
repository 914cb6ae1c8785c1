"""The checkup form: opening 90 items with 60 photos, and from a key to its answer on the disk.

Opening, ours: the program's own window, from asking for the case until its 90 lines, all of one
department, are built and painted. Theirs: a bare window with 90 rows of plain widgets (number,
title, field, three buttons), until they are painted.

A key, ours: 1 or 2 on a line, until the answer is kept: permission, lock, what follows, trail and
search. Theirs: the same column of the same file written by a bare UPDATE and its commit, with the
same care for the disk.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.side_by_side import Comparison, compare

if TYPE_CHECKING:
    from landsteward.app.ports.surroundings import PackSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.codes import CodeLists
    from landsteward.domain.rulepack import RulePack
    from ui.pages.case.checkup_step import CheckupStep
    from ui.window import MainWindow

ITEMS, PHOTOS = 90, 60
DEPARTMENT = "natural_resources"
_LONGEST_S = 30.0
_KEYS = 40
_LOOK_EVERY_MS = 5


def opening(runs: int) -> Comparison:
    """Forms of as many cases, each opened once in one window."""
    with TemporaryDirectory() as folder, _window(Path(folder), cases=runs + 1) as desk:
        return compare(
            what=f"opening a form of {ITEMS} items with {PHOTOS} photos, all lines painted",
            beside=f"a bare window with {ITEMS} rows of plain widgets",
            ours=desk.open_form,
            theirs=_bare_rows,
            limit=None,
            runs=runs,
        )


def keystroke(runs: int) -> Comparison:
    """Answers by keys, one after another, each until it is kept."""
    with TemporaryDirectory() as folder, _window(Path(folder), cases=1) as desk:
        desk.open_form()
        with _bare_update(Path(folder)) as update:
            return compare(
                what=f"a key on the form until its answer is kept, median of {_KEYS}",
                beside="UPDATE and commit of the same column by the driver alone",
                ours=lambda: _median(desk.answer(number) for number in range(_KEYS)),
                theirs=lambda: _median(update() for _ in range(_KEYS)),
                limit=None,
                runs=runs,
            )


def _median(times: Iterator[float]) -> float:
    ordered = sorted(times)
    return ordered[len(ordered) // 2]


class _OnePack:
    """The shipped pack with as many items as wanted, all of one department."""

    def __init__(self, packs: "PackSource") -> None:
        self._packs = packs
        shipped = packs.current()
        self._pack: RulePack = replace(
            shipped,
            items=tuple(
                replace(
                    shipped.items[number % len(shipped.items)],
                    key=f"item_{number}",
                    department=DEPARTMENT,
                    follows=None,
                )
                for number in range(ITEMS)
            ),
        )

    def current(self) -> "RulePack":
        return self._pack

    def follow(self, _workspace: "Workspace") -> None:
        """It stays the one pack, whatever is published."""

    def get(self, _key: str, _version: str) -> "RulePack":
        return self._pack

    def codes(self) -> "CodeLists":
        return self._packs.codes()


class _Desk:
    """One window with cases at hand whose forms were not opened yet."""

    def __init__(self, window: "MainWindow", cases: list[str]) -> None:
        self._window = window
        self._cases = cases

    def form(self) -> "CheckupStep":
        """The form in front."""
        from landsteward.domain.states import CaseStep
        from ui.pages.case.checkup_step import CheckupStep
        from ui.pages.case.page import CasePage

        assert self._window.shell is not None
        page = self._window.shell.page
        assert isinstance(page, CasePage)
        step = page.step_page(CaseStep.CHECKUP)
        assert isinstance(step, CheckupStep)
        return step

    def open_form(self) -> float:
        """The next case's form, until all of it is painted."""
        from ui.workbench import Place

        shell = self._window.shell
        assert shell is not None
        shell.go(Place("desk"))
        _until(lambda: self._window.operations.idle)
        began = time.perf_counter()
        shell.go(Place("case", self._cases.pop(), "checkup"))

        def done() -> bool:
            page = shell.page
            if page is None or page.place().page != "case":
                return False
            form = self.form()
            return len(form.lines.all) == ITEMS and not form.building

        _until(done)
        self._window.repaint()
        took = time.perf_counter() - began
        _until(lambda: self._window.operations.idle)
        return took

    def answer(self, number: int) -> float:
        """Press a key on a line, until it is said to be kept."""
        from PySide6.QtCore import QEventLoop, Qt
        from PySide6.QtTest import QTest

        line = self.form().lines.all[number]
        line.setFocus()
        ok = line.pills.value() is not None and line.pills.value().value == "ok"
        loop = QEventLoop()
        self._window.operations.saved.connect(loop.quit)
        began = time.perf_counter()
        QTest.keyClick(line, Qt.Key.Key_2 if ok else Qt.Key.Key_1)
        loop.exec()
        took = time.perf_counter() - began
        self._window.operations.saved.disconnect(loop.quit)
        _until(lambda: self._window.operations.idle)
        return took


def _until(condition: Callable[[], bool]) -> None:
    """A real loop waits: one that asked again and again would keep Python from other threads."""
    from PySide6.QtCore import QEventLoop, QTimer

    end = time.perf_counter() + _LONGEST_S
    loop = QEventLoop()
    happened = False

    def look() -> None:
        nonlocal happened
        # Kept: a moment later it may be otherwise again.
        happened = happened or condition()
        if happened or time.perf_counter() > end:
            loop.quit()

    timer = QTimer()
    timer.setInterval(_LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if not happened:
        raise RuntimeError("it did not happen")


@contextmanager
def _window(folder: Path, *, cases: int) -> "Iterator[_Desk]":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from landsteward import bootstrap
    from ui import theme
    from ui.window import MainWindow

    application = QApplication.instance() or theme.application()
    services = bootstrap.window_services(folder=folder / "state")
    services = replace(services, packs=_OnePack(services.packs))
    file = folder / "form.lsw"
    made, person_id = _cases(file, services.packs, cases)
    services.settings.acts(file, person_id)
    window = MainWindow(services)
    window.resize(1280, 720)
    window.open_file(file)
    window.show()
    try:
        _until(lambda: window.shell is not None and window.operations.idle)
        yield _Desk(window, made)
    finally:
        window.close()
        window.finish()
        application.processEvents()


def _cases(file: Path, packs: "PackSource", count: int) -> tuple[list[str], str]:
    """Cases whose visits have begun, photos on their lines; their keys, and the inspector's."""
    from landsteward import bootstrap
    from landsteward.app.cases import open_case
    from landsteward.app.checkups import schedule_checkup, start_checkup
    from landsteward.app.evidence import add_evidence, attach_evidence
    from landsteward.app.register import add_enterprise
    from landsteward.domain.states import SubjectKind

    workspace = bootstrap.create_workspace(file)
    actor = bootstrap.command_line_actor(
        workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
    )
    ctx = replace(bootstrap.make_context(workspace, actor=actor), packs=packs)
    made = []
    for place in range(count):
        enterprise = add_enterprise(ctx, name=f"测量机械有限公司{place}")
        case = open_case(ctx, enterprise_id=enterprise.id, parcel_id=None)
        checkup = schedule_checkup(
            ctx,
            case_id=case.id,
            scheduled_on=ctx.today(),
            departments=[DEPARTMENT],
            inspector_ids=[actor.id],
        )
        start_checkup(ctx, checkup_id=checkup.id)
        results = workspace.item_results.where(checkup_id=checkup.id)
        for number in range(PHOTOS):
            photo = add_evidence(
                ctx, case_id=case.id, file_name=f"{number}.jpg", content=_photo(place, number)
            )
            attach_evidence(
                ctx,
                evidence_id=photo.id,
                subject_kind=SubjectKind.ITEM_RESULT,
                subject_id=results[number % ITEMS].id,
            )
        made.append(case.id)
    workspace.close()
    return made, actor.id


def _photo(place: int, number: int) -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (1600, 1200), (number * 4, place * 20, 90)).save(made, "JPEG")
    return made.getvalue()


def _bare_rows() -> float:
    """90 rows of plain widgets in a window, until they are painted."""
    from PySide6.QtWidgets import (
        QApplication,
        QHBoxLayout,
        QLabel,
        QLineEdit,
        QPushButton,
        QScrollArea,
        QVBoxLayout,
        QWidget,
    )

    began = time.perf_counter()
    area = QScrollArea()
    area.setWidgetResizable(True)
    inner = QWidget()
    column = QVBoxLayout(inner)
    for number in range(ITEMS):
        row = QHBoxLayout()
        row.addWidget(QLabel(str(number)))
        row.addWidget(QLabel(f"行政办公及生活服务设施用地所占比重过高 {number}"), 1)
        row.addWidget(QLineEdit())
        for word in ("无问题", "有问题", "不适用"):
            choice = QPushButton(word)
            choice.setCheckable(True)
            row.addWidget(choice)
        column.addLayout(row)
    area.setWidget(inner)
    area.resize(1280, 720)
    area.show()
    QApplication.processEvents()
    area.repaint()
    took = time.perf_counter() - began
    area.close()
    area.deleteLater()
    QApplication.processEvents()
    return took


@contextmanager
def _bare_update(folder: Path) -> Iterator[Callable[[], float]]:
    """The same column in a table of as many rows, by the driver alone, WAL and FULL as ours."""
    from sqlcipher3 import dbapi2 as driver

    conn = driver.connect(str(folder / "bare.db"), isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("CREATE TABLE item_results (id TEXT NOT NULL PRIMARY KEY, outcome TEXT) STRICT")
    for number in range(ITEMS):
        conn.execute("INSERT INTO item_results VALUES (?, NULL)", [f"key {number}"])
    turn = 0

    def update() -> float:
        nonlocal turn
        turn += 1
        key = f"key {turn % ITEMS}"
        began = time.perf_counter()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE item_results SET outcome = ? WHERE id = ?", [f"{turn}", key])
        conn.execute("COMMIT")
        return time.perf_counter() - began

    try:
        yield update
    finally:
        conn.close()
