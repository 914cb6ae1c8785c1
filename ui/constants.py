"""Keeps None, True and False alive where PySide6 gives away references it does not own.

PySide6 6.12 loses one reference to True with every `Signal.emit()` and one to None with every
slot that returns nothing. Up to Python 3.11 these are counted like any object, and after some
thousand clicks the interpreter stops with “deallocating None”. From 3.12 on they are immortal
(PEP 683). Seen and measured with PySide6 6.12.0 on Python 3.11.7; `tests/ui/test_constants.py`
fails without this.
"""

import ctypes
import sys

_ENOUGH = 1 << 40


def keep_constants() -> None:
    """Give the constants more references than a program can lose; once is enough."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False):
        if sys.getrefcount(constant) < _ENOUGH:
            # The reference count is the first field of every object (PyObject.ob_refcnt).
            ctypes.c_ssize_t.from_address(id(constant)).value += _ENOUGH
