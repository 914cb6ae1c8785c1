"""What the program remembers between starts on this computer: look, language, recent files.

Kept in one INI file, whose place is handed in; nothing of a workspace is in it except its path
and who last acted there.
"""

from pathlib import Path

from PySide6.QtCore import QSettings

from landsteward.app.language import Language
from ui.theme import TEXT_SIZES, Scheme

_RECENT = 8


class Settings:
    """Typed access to the settings file; an unreadable value counts as not set."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A value as text."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def keep(self, key: str, value: str) -> None:
        """Keep a value, at once; writing the file again takes a while, so not without need."""
        if self._store.value(key) == value:
            return
        self._store.setValue(key, value)
        self._store.sync()

    @property
    def language(self) -> Language:
        """The language of the window, Chinese unless chosen otherwise."""
        value = self.text("language", Language.CHINESE)
        return Language(value) if value in set(Language) else Language.CHINESE

    @property
    def scheme(self) -> Scheme:
        """Light, dark or the system's."""
        value = self.text("scheme", Scheme.SYSTEM)
        return Scheme(value) if value in set(Scheme) else Scheme.SYSTEM

    @property
    def percent(self) -> int:
        """The text size in percent."""
        value = self.text("text_size", "100")
        return int(value) if value.isdigit() and int(value) in TEXT_SIZES else 100

    @property
    def recent(self) -> list[Path]:
        """Workspaces opened last, newest first."""
        return [Path(line) for line in self.text("recent").split("\n") if line]

    def opened(self, file: Path) -> None:
        """Put a workspace first among the recent ones."""
        files = [file, *(other for other in self.recent if other != file)][:_RECENT]
        self.keep("recent", "\n".join(str(one) for one in files))

    def forget(self, file: Path) -> None:
        """Take a workspace out of the recent ones; the file itself stays."""
        self.keep("recent", "\n".join(str(one) for one in self.recent if one != file))

    def actor(self, file: Path) -> str:
        """Key of the person who last acted in a workspace, or empty."""
        return self.text(f"actor/{_key(file)}")

    def acts(self, file: Path, person_id: str) -> None:
        """Remember who acts in a workspace."""
        self.keep(f"actor/{_key(file)}", person_id)


def _key(file: Path) -> str:
    return file.name + "@" + file.parent.as_posix().replace("/", "|")
