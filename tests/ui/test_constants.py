"""A long day's worth of signals and slots does not use up None, True and False."""

import subprocess
import sys

_DAY = """
import ui
from PySide6.QtCore import QObject, Signal
class Source(QObject):
    told = Signal(int)
source = Source()
source.told.connect(lambda number: None)
for number in range(20_000):
    source.told.emit(number)
"""


def test_twenty_thousand_signals_leave_the_interpreter_alive() -> None:
    done = subprocess.run([sys.executable, "-c", _DAY], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
