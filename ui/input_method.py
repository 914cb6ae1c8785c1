"""Whether Chinese can be typed: Qt as it is bundled knows ibus, but not fcitx."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from landsteward.app.language import tr

_ASKED_BY = ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS")


def trouble() -> str:
    """What to do where fcitx is asked for and Qt has no plugin for it (Linux only); else empty."""
    if sys.platform != "linux":
        return ""
    # Qt looks at XMODIFIERS only where its own variables say nothing.
    asked = next((os.environ[name] for name in _ASKED_BY if os.environ.get(name)), "")
    first = asked.lower().removeprefix("@im=").split(";")[0]
    if not first.startswith("fcitx") or _has_plugin():
        return ""
    return tr(
        "The input method fcitx is set, but its plugin for Qt is not here, so Chinese cannot be "
        "typed. Start the program with QT_IM_MODULE=ibus in its environment: fcitx 5 answers to "
        "that as well."
    )


def _has_plugin() -> bool:
    return any(
        "fcitx" in plugin.name
        for folder in QCoreApplication.libraryPaths()
        for plugin in (Path(folder) / "platforminputcontexts").glob("*.so")
    )
