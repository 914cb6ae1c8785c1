"""Canaries: each guard fails a test that breaks its rule, and leaves a clean one alone."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

LEAKS = """
import threading, time
import pytest
from PySide6.QtCore import QPropertyAnimation, QThread, QTimer
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow

kept = []

def keep(thing):
    kept.append(thing)
    return thing

def test_timer(qapp):
    keep(QTimer()).start(60_000)

def test_thread(qapp):
    keep(QThread()).start()

def test_python_thread():
    keep(threading.Thread(target=time.sleep, args=(5,), daemon=True)).start()

def test_animation(qapp):
    animation = keep(QPropertyAnimation(keep(QTimer()), b"interval"))
    animation.setEndValue(100)
    animation.setDuration(60_000)
    animation.start()

def test_widget(qapp):
    keep(QMainWindow())

class Dialog(QDialog):
    def __init__(self):
        super().__init__()

def test_shown_subclass(qapp):
    keep(Dialog()).show()

def test_clean(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    QTimer(window).start(60_000)
    QDialog(window)
    thread = QThread()
    thread.start()
    thread.quit()
    assert thread.wait(5000)

def test_unreferenced_is_collected(qapp):
    cycle = [QLabel()]
    cycle.append(cycle)

@pytest.fixture(scope="module", autouse=True)
def stop():
    yield
    kept[1].quit()
    kept[1].wait()
    kept[4].stop()
    kept[0].stop()
"""

LOGS = """
import logging
import pytest
from hypothesis import given, settings, strategies

def test_warning():
    logging.getLogger("db").warning("the disk is nearly full")

def test_announced(expected_log):
    expected_log("nearly full")
    logging.getLogger("db").warning("the disk is nearly full")

def test_announced_other_level(expected_log):
    expected_log("nearly full", logging.ERROR)
    logging.getLogger("db").warning("the disk is nearly full")

def test_in_vain(expected_log):
    expected_log("nearly full")

def test_info():
    logging.getLogger("db").info("opened")

@given(strategies.integers())
def test_guards_go_with_hypothesis(number):
    assert settings().derandomize
    assert settings().deadline is None
"""

QT = """
import os
import warnings
from PySide6.QtCore import QObject, Signal, qWarning
from PySide6.QtGui import QGuiApplication

class Sender(QObject):
    sent = Signal()

def test_exception_in_slot(qapp):
    def slot():
        raise ValueError("lost in a slot")
    sender = Sender()
    sender.sent.connect(slot)
    sender.sent.emit()

def test_qt_warning(qapp):
    qWarning("something is wrong with this widget")

def test_python_warning():
    warnings.warn("old ways")

def test_offscreen(qapp):
    assert QGuiApplication.platformName() == "offscreen"
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty suite with our conftest and settings."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HYPOTHESIS_PROFILE", "ci")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml(
        '[tool.pytest]\nfilterwarnings = ["error"]\nqt_api = "pyside6"\n'
        'qt_log_level_fail = "WARNING"\n'
    )
    return pytester


def test_whoever_leaves_something_running_or_open_fails(suite: pytest.Pytester) -> None:
    suite.makepyfile(LEAKS)
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=8, errors=6)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_timer*",
            "QTimer (still running), begun at:",
            "*in test_timer",
            "*ERROR at teardown of test_thread*",
            "QThread (still running), begun at:",
            "*ERROR at teardown of test_python_thread*",
            "Thread (still running), begun at:",
            "*ERROR at teardown of test_animation*",
            "QPropertyAnimation (still running), begun at:",
            "*ERROR at teardown of test_widget*",
            "QMainWindow (top-level widget), begun at:",
            "*in test_widget",
            "*ERROR at teardown of test_shown_subclass*",
            "Dialog (top-level widget, shown), begun at:",
            "*in test_shown_subclass",
        ]
    )


def test_an_unannounced_warning_in_the_log_fails(suite: pytest.Pytester) -> None:
    suite.makepyfile(LOGS)
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=6, errors=3)
    result.stdout.fnmatch_lines(
        [
            "unexpected WARNING from db: the disk is nearly full (*)",
            "unexpected WARNING from db: the disk is nearly full (*)",
            "expected but never logged: ERROR 'nearly full'",
            "expected but never logged: WARNING 'nearly full'",
        ]
    )


def test_qt_and_python_warnings_and_exceptions_in_slots_fail(suite: pytest.Pytester) -> None:
    suite.makepyfile(QT)
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*ValueError: lost in a slot*",
            "*something is wrong with this widget*",
            "*UserWarning: old ways*",
        ]
    )
