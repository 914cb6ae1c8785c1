"""Cutting texts into search words, and what a person types into a query.

Chinese has no spaces, so it is kept as single characters and looked for as phrases: any one or
two characters find. Beside it stand the pinyin, a syllable a word, and the initials in pairs
(古井贡 → `gj jg g`): pairs are rare enough to be looked up fast, single letters are not.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_CHINESE}]|[^\W_{_CHINESE}]+")
_BREAK = "。"
"""A word between two readings, so that no phrase runs from one into the other."""

_TAILS = range(4, 9)
"""People know a code by its last digits: so many of them are words of their own."""

_LONGEST_PHRASE = 4
_MOST_SPLITS = 8


def tokens(text: str) -> list[str]:
    """The words of a text: Chinese characters one by one, letters and digits as they run."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def search_words(texts: str, codes: str) -> str:
    """What the index keeps of texts and codes; of a code also its last 4 to 8 characters."""
    found = tokens(texts)
    for code in tokens(codes):
        found.append(code)
        found += [code[-length:] for length in _TAILS if length < len(code)]
    return " ".join(found)


def search_pinyin(text: str) -> str:
    """The readings of a text, syllables apart: as read in phrases, and each character's own."""
    return f" {_BREAK} ".join(" ".join(reading) for reading in _readings(text))


def search_initials(text: str) -> str:
    """The initials of each reading, in overlapping pairs and the last one alone."""
    distinct = dict.fromkeys(
        "".join(syllable[0] for syllable in reading) for reading in _readings(text)
    )
    return f" {_BREAK} ".join(" ".join(_pairs(letters)) for letters in distinct if letters)


def query(text: str) -> str | None:
    """The FTS5 expression for what a person typed; None where it holds nothing to look for.

    Nothing typed ever becomes syntax: only letters, digits and characters get through, quoted.
    """
    words = [found for word in text.split() if (found := tokens(word))]
    if not words:
        return None
    last = len(words) - 1
    return " AND ".join(_word(word, open_end=nr == last) for nr, word in enumerate(words))


def _word(word: list[str], *, open_end: bool) -> str:
    exact = _phrase("words", word, open_end=open_end and word[-1].isascii())
    letters = word[0]
    if len(word) > 1 or not (letters.isascii() and letters.isalpha()):
        return exact
    pairs = _pairs(letters)[:-1] or [letters]
    either = [exact, _phrase("initials", pairs, open_end=len(letters) == 1)]
    either += [_phrase("pinyin", split, open_end=open_end) for split in syllables(letters)]
    return f"({' OR '.join(either)})"


def _phrase(column: str, words: list[str], *, open_end: bool) -> str:
    return f'{column} : "{" ".join(words)}"' + (" *" if open_end else "")


def _pairs(letters: str) -> list[str]:
    return [first + second for first, second in pairwise(letters)] + [letters[-1:]]


@lru_cache(maxsize=256)
def syllables(letters: str) -> list[list[str]]:
    """Ways to read a run of letters as pinyin; the last syllable may be unfinished."""
    known = _pinyin().syllables
    found: list[list[str]] = []

    def split(start: int, so_far: list[str]) -> None:
        if len(found) >= _MOST_SPLITS:
            return
        rest = letters[start:]
        if any(one.startswith(rest) for one in known):
            found.append([*so_far, rest])
        for length in range(min(6, len(rest) - 1), 0, -1):
            if rest[:length] in known:
                split(start + length, [*so_far, rest[:length]])

    split(0, [])
    return found


class _Pinyin:
    """Readings from pypinyin's dictionaries, without tones; loading them takes some 0.1 s."""

    def __init__(self) -> None:
        from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

        self._phrases = PHRASES_DICT
        self._characters = PINYIN_DICT
        self._known: dict[str, tuple[str, ...]] = {}
        self.syllables = frozenset(
            one for code in range(0x4E00, 0x9FA6) for one in self.of(chr(code))[:1] if one.isascii()
        )

    def of(self, character: str) -> tuple[str, ...]:
        """The distinct readings of a character, the usual one first; none for other signs."""
        readings = self._known.get(character)
        if readings is None:
            marked = self._characters.get(ord(character), "")
            readings = tuple(dict.fromkeys(_plain(one) for one in marked.split(",") if one))
            self._known[character] = readings
        return readings

    def of_phrase(self, characters: str) -> list[str] | None:
        """The reading of a whole phrase (重庆 → chong qing), where it is on record."""
        marked = self._phrases.get(characters)
        return [_plain(one[0]) for one in marked] if marked else None


@lru_cache(maxsize=1)
def _pinyin() -> _Pinyin:
    return _Pinyin()


def _plain(marked: str) -> str:
    """A syllable without its tone; ü is v, as it is typed."""
    apart = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=1024)
def _readings(text: str) -> list[list[str]]:
    """The reading character by character, and the one by phrases where it differs."""
    known = _pinyin()
    signs = tokens(text)
    plain: list[str] = []
    several: list[int] = []
    for place, sign in enumerate(signs):
        readings = known.of(sign) if len(sign) == 1 else ()
        plain.append(readings[0] if readings else sign)
        if len(readings) > 1:
            several.append(place)
    phrased = list(plain)
    for place in several:
        phrased[place] = _in_phrase(known, signs, place) or plain[place]
    return [plain] if phrased == plain else [phrased, plain]


def _in_phrase(known: _Pinyin, signs: list[str], place: int) -> str | None:
    """How a character is read in the longest known phrase around it."""
    for length in range(_LONGEST_PHRASE, 1, -1):
        for start in range(max(0, place - length + 1), min(place, len(signs) - length) + 1):
            reading = known.of_phrase("".join(signs[start : start + length]))
            if reading is not None and len(reading) == length:
                return reading[place - start]
    return None
