"""The words Qt itself says (calendar, file dialogs, editing menus), in the window's language."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from landsteward.app.language import Language


class _Spoken:
    translator: QTranslator | None = None


def speak(app: QApplication, language: Language) -> None:
    """Let Qt say its own words, months and weekdays in a language."""
    if _Spoken.translator is not None:
        app.removeTranslator(_Spoken.translator)
        _Spoken.translator = None
    chinese = language is Language.CHINESE
    QLocale.setDefault(
        QLocale(QLocale.Language.Chinese, QLocale.Country.China)
        if chinese
        else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    )
    if chinese:
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
            _Spoken.translator = translator
