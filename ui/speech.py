"""The words Qt itself says (calendar, file dialogs, editing menus), in the window's language."""

from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from landsteward.app.language import Language, tr


class _Spoken:
    translators: tuple[QTranslator, ...] = ()


class _LeftOut(QTranslator):
    """Words of the file dialog that Qt's own Chinese leaves in English."""

    def __init__(self) -> None:
        super().__init__()
        self._words = {
            "&Look in:": tr("Look in:"),
            "Files of &type:": tr("Files of type:"),
            "Folder": tr("Folder"),
            "%1 File": tr("%1 file"),
            "File": tr("File"),
            "Drive": tr("Drive"),
        }

    def translate(self, context: Any, source: Any, disambiguation: Any = None, n: int = -1) -> Any:
        """Such a word; of everything else nothing, which lets Qt look further."""
        known = context in ("QFileDialog", "QAbstractFileIconProvider", "QFileSystemModel")
        return self._words.get(source) if known else None

    def isEmpty(self) -> bool:
        """It is not."""
        return False


def speak(app: QApplication, language: Language) -> None:
    """Let Qt say its own words, months and weekdays in a language."""
    for translator in _Spoken.translators:
        app.removeTranslator(translator)
    _Spoken.translators = ()
    chinese = language is Language.CHINESE
    QLocale.setDefault(
        QLocale(QLocale.Language.Chinese, QLocale.Country.China)
        if chinese
        else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    )
    if chinese:
        own = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if own.load("qtbase_zh_CN", folder):
            # Whoever is installed last is asked first.
            _Spoken.translators = (_LeftOut(), own)
            for translator in _Spoken.translators:
                app.installTranslator(translator)
