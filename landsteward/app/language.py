"""The language people read: catalogues of the English source strings, Chinese by default.

gettext instead of Qt's own catalogues, because the command line, the PDF and the domain speak
too, and none of them may know Qt.
"""

import gettext
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from landsteward.domain.text import Bilingual, Message

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"


class Language(StrEnum):
    """Languages the program speaks."""

    CHINESE = "zh_CN"
    ENGLISH = "en"


class _Current:
    language = Language.CHINESE


@lru_cache(maxsize=len(Language))
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    with (TRANSLATIONS / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def use_language(language: Language) -> None:
    """Choose the language of everything worded from now on in this process."""
    _Current.language = language


def current_language() -> Language:
    """The language in use."""
    return _Current.language


def tr(template: str, /, **params: object) -> str:
    """The template in the current language with its values filled in.

    Every call's first argument is a literal: the catalogues are made from them.
    """
    return render(Message(template, tuple(params.items())))


def render(message: Message, language: Language | None = None) -> str:
    """A domain's message in a language (else the current one), messages among its values too."""
    spoken = language or _Current.language
    text = _catalogue(spoken).gettext(message.template) if message.template else ""
    values = {name: _value(value, spoken) for name, value in message.params}
    return text.format_map(values) if values else text


def _value(value: object, spoken: Language) -> str:
    if isinstance(value, Message):
        return render(value, spoken)
    if isinstance(value, Bilingual) and spoken is Language.CHINESE:
        return value.chinese
    return str(value)


def for_paper(message: Message) -> str:
    """A message to be kept in a record that is printed: papers are Chinese, whatever the window
    speaks on the day.
    """
    return render(message, Language.CHINESE)


def localised(chinese: str, english: str) -> str:
    """Of a text that data carries in both languages, the one to show (Chinese if none other)."""
    return english if _Current.language is Language.ENGLISH and english else chinese
