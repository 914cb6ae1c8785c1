"""Fails a test that leaves something running or open behind, and names where it began.

Watched: Qt threads, timers and animations that were started, Python threads, and top-level
widgets. What already ran when the test began is not the test's.
"""

import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
import shiboken6
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

FRAMES_SHOWN = 8

_origins: "weakref.WeakKeyDictionary[object, str]" = weakref.WeakKeyDictionary()


def _where() -> str:
    """The calls that led here, innermost last, without libraries. Cheap: paid by every widget."""
    lines: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and len(lines) < FRAMES_SHOWN:
        code = frame.f_code
        if "site-packages" not in code.co_filename and "<frozen" not in code.co_filename:
            lines.append(f"    {code.co_filename}:{frame.f_lineno} in {code.co_name}")
        frame = frame.f_back
    return "\n".join(reversed(lines))


def _remember_origin(owner: type, method: str) -> None:
    """Note for every object on which the method is called where that happened."""
    original: Callable[..., Any] = getattr(owner, method)

    def noting(self: object, *args: Any, **kwargs: Any) -> Any:
        _origins[self] = _where()
        return original(self, *args, **kwargs)

    setattr(owner, method, noting)


def _watch() -> None:
    for owner in (QThread, QTimer, QAbstractAnimation, threading.Thread):
        _remember_origin(owner, "start")
    for owner in [getattr(QtWidgets, name) for name in dir(QtWidgets)]:  # loaded when asked for
        # Each widget class initialises on its own, without calling its base's __init__.
        if isinstance(owner, type) and issubclass(owner, QWidget) and "__init__" in vars(owner):
            _remember_origin(owner, "__init__")


_watch()


def _is_alive(thing: object) -> bool:
    if isinstance(thing, threading.Thread):
        # pyproj's thread stays on purpose (landsteward/exchange/systems.py).
        return thing.is_alive() and not thing.name.startswith("projections")
    if not shiboken6.isValid(thing):
        return False
    if isinstance(thing, QThread):
        return thing.isRunning()
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QAbstractAnimation):
        return thing.state() == QAbstractAnimation.State.Running
    return False


def _left() -> dict[int, object]:
    """Everything that runs or is open now, by identity."""
    things = [thing for thing in list(_origins) if _is_alive(thing)]
    if isinstance(QCoreApplication.instance(), QApplication):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        things += QApplication.topLevelWidgets()
    return {id(thing): thing for thing in things}


def _described(thing: object) -> str:
    origin = _origins.get(thing, "    (made by Qt itself)")
    if isinstance(thing, QWidget):
        state = "top-level widget" + (", shown" if thing.isVisible() else "")
    else:
        state = "still running"
    return f"{type(thing).__name__} ({state}), begun at:\n{origin}"


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail the test that leaves a thread, timer, animation or top-level widget behind."""
    before = _left()
    yield
    leaks = [thing for key, thing in _left().items() if key not in before]
    if leaks:
        leaks.clear()
        gc.collect()  # what nobody holds any more is no leak, only not collected yet
        leaks = [thing for key, thing in _left().items() if key not in before]
    if leaks:
        pytest.fail("left behind:\n" + "\n".join(_described(leak) for leak in leaks), pytrace=False)
