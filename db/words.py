"""Cutting texts into search words, and what a person types into a query.

Chinese has no spaces, so it is kept as single characters and looked for as phrases: any one or
two characters find. Beside it stand the pinyin, a syllable a word, and the initials in pairs
(古井贡 → `gj jg`). What is typed first is short, and an index has thousands of words that begin
with it (all codes of a county begin alike): the beginnings of every run of letters and digits, and
each initial by itself, are words of their own, so that one word answers instead of thousands.

Loading this module takes 10 ms (large sets of characters): it is imported where it is used.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_CHINESE}]|[^\W_{_CHINESE}]+")
_RUN = re.compile(rf"[{_CHINESE}]+|[^\W_{_CHINESE}]+")
_RUN_OF_CHINESE = re.compile(rf"[{_CHINESE}]")
_VOWEL = re.compile("[aeiouv]")
_COMMON = range(0x4E00, 0x9FA6)
_BREAK = "。"
"""A word between two readings, so that no phrase runs from one into the other."""

_HEADS = range(1, 13)
"""So many first signs of a run of letters and digits are words of their own."""

_TAILS = range(4, 9)
"""People know a code by its last digits: so many of them are words of their own, marked as such, so
that those that begin alike are few.
"""
_TAIL = "尾"

_PARTS = (
    (re.compile(r"[0-9a-z]{18}"), slice(8, 17)),
    (re.compile(r"\d{10}[a-z]\d{5}"), slice(6, None)),
)
"""Parts by which people know codes too: of a credit code the 主体标识码 (characters 9 to 17), of a
16-character 电子监管号 what follows the area.
"""

_ASKED = frozenset(
    "重长行乐朝都传会藏单曾盛调厦六番尉解华区仇任那纪柏泊石什恶奇参降宿"
    "车称弹发干给更好角觉卡空量落没便处当得地冠观号喝荷还晃间将教结禁"
    "劲系降校率论绿脉蒙模排迫铺强切曲散色少省识数说似宿提通兴削血咽要应"
    "与载占涨着只中种转作钻涡"
)
"""Characters read differently in the words that names are made of; only these are looked up in
phrases. Nearly every character has a second reading in some old text, and asking for all of them
would make indexing four times as slow."""

_LONGEST_PHRASE = 4
_MOST_SPLITS = 8


def normalised(text: str) -> str:
    """Full-width and other variants as the plain sign, capitals as small letters."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def tokens(text: str) -> list[str]:
    """The words of a text: Chinese characters one by one, letters and digits as they run."""
    return _TOKEN.findall(normalised(text))


def search_words(texts: Sequence[str], codes: Sequence[str] = ()) -> str:
    """What the index keeps of texts and codes: their words, and behind them the beginnings of each
    run of letters and digits, of codes also their ends and well-known parts.
    """
    found: list[str] = []
    parts: list[str] = []
    for nr, text in enumerate((*texts, *codes)):
        words = tokens(text)
        if words:
            found += [_BREAK, *words] if found else words
        for word in words:
            if word.isascii():
                parts += _beginnings(word)
                if nr >= len(texts):
                    parts += _of_code(word)
    return " ".join([*found, _BREAK, *dict.fromkeys(parts)] if parts else found)


def _beginnings(run: str) -> list[str]:
    return [run[:length] for length in _HEADS if length < len(run)]


def _of_code(code: str) -> list[str]:
    found = [_TAIL + code[-length:] for length in _TAILS if length < len(code)]
    for shape, place in _PARTS:
        if shape.fullmatch(code):
            found += [code[place], *_beginnings(code[place])]
    return found


def search_pinyin(*names: str) -> str:
    """The readings of names, syllables apart: as read in phrases, and each character's own."""
    readings = (reading for name in names for reading in _readings(name))
    return f" {_BREAK} ".join(" ".join(reading) for reading in readings)


def search_initials(*names: str) -> str:
    """The initials of each reading in overlapping pairs, and behind them each one by itself."""
    distinct = dict.fromkeys(
        "".join(syllable[0] for syllable in reading)
        for name in names
        for reading in _readings(name)
    )
    parts = [" ".join(_pairs(letters)) for letters in distinct if len(letters) > 1]
    alone = " ".join(dict.fromkeys("".join(distinct)))
    return f" {_BREAK} ".join([*parts, alone] if alone else parts)


def query(text: str, *, names_only: bool = False, private: bool = True) -> str | None:
    """The FTS5 expression for what a person typed; None where it holds nothing to look for.

    Looks in everything, or in names alone (as they are written and as they are read); `private`
    False leaves out phones and the numbers of natural persons.
    Nothing typed ever becomes syntax: only letters, digits and characters get through, quoted.
    """
    words = [found for word in text.split() if (found := tokens(word))]
    if not words:
        return None
    last = len(words) - 1
    elsewhere = ["more", "private"] if private else ["more"]
    where = ["words"] if names_only else ["words", *elsewhere]
    return " AND ".join(_word(word, where, open_end=nr == last) for nr, word in enumerate(words))


def _word(word: list[str], columns: Sequence[str], *, open_end: bool) -> str:
    where, codes = _columns(columns), columns[1:]
    run = word[0]
    if len(word) > 1 or not run.isascii():
        return _phrase(where, word, open_end=open_end and word[-1].isascii())
    either = [_phrase(where, word, open_end=open_end and len(run) not in _HEADS)]
    if codes and _TAILS[0] <= len(run) <= _TAILS[-1]:
        either.append(_phrase(_columns(codes), [_TAIL + run], open_end=open_end))
    if run.isalpha():
        either.append(_phrase("initials", _pairs(run) or word, open_end=False))
    if run.isalpha() and len(run) > 1:
        either += [_phrase("pinyin", split, open_end=open_end) for split in syllables(run)]
    return f"({' OR '.join(either)})" if len(either) > 1 else either[0]


def _columns(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{{{' '.join(names)}}}"


def _phrase(column: str, words: list[str], *, open_end: bool) -> str:
    return f'{column} : "{" ".join(words)}"' + (" *" if open_end else "")


def _is_chinese(run: str) -> bool:
    return _RUN_OF_CHINESE.match(run) is not None


def _pairs(letters: str) -> list[str]:
    return [first + second for first, second in pairwise(letters)]


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
        self._known: dict[str, str] = {}
        self.syllables = frozenset(
            reading
            for code in _COMMON
            if (reading := self.usual(chr(code))).isascii() and _VOWEL.search(reading)
        )

    def usual(self, character: str) -> str:
        """The usual reading of a character; other signs are read as themselves."""
        reading = self._known.get(character)
        if reading is None:
            marked = self._characters.get(ord(character), character)
            reading = self._known[character] = _plain(marked.split(",")[0])
        return reading

    def in_phrase(self, run: str, place: int) -> str | None:
        """How a character of a run is read in the longest known phrase around it."""
        for length in range(_LONGEST_PHRASE, 1, -1):
            for start in range(max(0, place - length + 1), min(place, len(run) - length) + 1):
                marked = self._phrases.get(run[start : start + length])
                # A phrase with a comma in it has more signs than readings.
                if marked is not None and len(marked) == length:
                    return _plain(marked[place - start][0])
        return None


@lru_cache(maxsize=1)
def _pinyin() -> _Pinyin:
    return _Pinyin()


def _plain(marked: str) -> str:
    """A syllable without its tone; ü is v, as it is typed."""
    apart = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=1024)
def _readings(text: str) -> list[list[str]]:
    """The reading by phrases, and the one character by character where that differs."""
    known = _pinyin()
    plain: list[str] = []
    phrased: list[str] = []
    for run in _RUN.findall(normalised(text)):
        if not _is_chinese(run):
            plain.append(run)
            phrased.append(run)
            continue
        for place, sign in enumerate(run):
            usual = known.usual(sign)
            plain.append(usual)
            phrased.append((known.in_phrase(run, place) if sign in _ASKED else None) or usual)
    return [phrased] if phrased == plain else [phrased, plain]
