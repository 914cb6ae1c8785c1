"""Names and codes as people type them, brought to the one form by which records are matched.

Nothing here refuses a record by itself: each check says what is wrong and whether a person may
keep the value all the same. The library that checks credit codes is loaded with the first of them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from landsteward.domain.text import Message, msg

# White space of every kind, control characters, and characters that take no room.
_INVISIBLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_SAME = str.maketrans("[{〔【〖「『]}〕】〗」』•‧∙・⋅", "(" * 7 + ")" * 7 + "·" * 5)
# Most names have none of these: looking for them is quicker than putting others in their place.
_ALIKE = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]")
_ELECTRONIC_NO = re.compile(r"\d{6}(?:19|20)\d{2}[A-Z]\d{5,8}(?:-\d{1,2})?")
_UNIT_CODE = re.compile(r"\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}")
_PARCEL_CODE = re.compile(r"\d{12}[GJZ][A-Z]\d{5}")
# What the second letter may say of the right (宗地特征码), GB/T 37346.
_RIGHTS = "ABCDEFGHLNSWXY"
_LEADING_LETTERS = "ANY"
# GB 32100: what each character is worth, and by how much each of the first 17 counts.
_NOTHING = 255
_LETTERS = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_WORTH = bytes(_LETTERS.index(letter) if letter in _LETTERS else _NOTHING for letter in range(256))
_WEIGHTS = tuple(3**place % 31 for place in range(17))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCheck:
    """A code in its one form, and what is wrong with it.

    `refused`: it cannot be such a code. `doubtful`: unusual; a person may keep it.
    """

    value: str
    refused: Message | None = None
    doubtful: Message | None = None


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ordinary ones (Unicode NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def compact(text: str) -> str:
    """Half-width, and without any white space or characters that take no room."""
    text = half_width(text)
    # What takes no room is not printable: most texts need no second look.
    if text.isprintable() and " " not in text:
        return text
    # Signs that stood apart may be one now (a and ´).
    return half_width(_INVISIBLE.sub("", text))


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """A name as it is matched: half-width, brackets and dots alike, no spaces, case folded.

    `name_key(name_key(x)) == name_key(x)`. It is for matching only; the name is kept as typed.
    """
    text = compact(name)
    key = text.casefold()
    if key == text and not _ALIKE.search(key):
        return key
    key = key.translate(_SAME)
    # Folding may leave something that folds once more (ﬀ, K, ẞ …); it settles at once.
    while (again := compact(key).casefold().translate(_SAME)) != key:
        key = again
    return key


def check_uscc(text: str) -> CodeCheck:
    """Look over a 统一社会信用代码: 18 characters and a check digit (GB 32100).

    Characters 3–8 may be an old or superior area code: they are never compared with a list. A
    leading A, N or Y is doubtful only: the standard may allow it, the checking library does not.
    """
    value = compact(text).upper().replace("-", "")
    if _is_plain_uscc(value):
        return CodeCheck(value=value)
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    # The library compares digits only in front of the organisation's code.
    plain = f"9{value[1:]}" if value[:1] in tuple(_LEADING_LETTERS) else value
    try:
        uscc.validate(plain)
    except InvalidLength:
        return CodeCheck(
            value=value,
            refused=msg("A credit code has 18 characters, this one has {count}.", count=len(value)),
        )
    except InvalidChecksum:
        pass
    except ValidationError:
        return CodeCheck(
            value=value,
            refused=msg("A credit code has digits and capital letters without I, O, S, V, Z only."),
        )
    if value[-1] != uscc.calc_check_digit(value):
        return CodeCheck(
            value=value,
            refused=msg("The check digit does not fit: one of the characters is mistyped."),
        )
    if plain != value:
        return CodeCheck(
            value=value,
            doubtful=msg("A credit code that begins with {letter} is unusual.", letter=value[0]),
        )
    return CodeCheck(value=value)


def _is_plain_uscc(value: str) -> bool:
    """Whether a code is right in every way, as nearly all are: the library takes 50 times as long
    to say so, and is asked about the others alone.
    """
    worth = value.encode("ascii", "replace").translate(_WORTH)
    if len(worth) != 18 or _NOTHING in worth or not value[:8].isdigit():
        return False
    total: int = sum(map(mul, worth, _WEIGHTS))
    return (total + worth[17]) % 31 == 0


def is_electronic_no(text: str) -> bool:
    """Whether a text is an 电子监管号 of the usual shape as it stands."""
    return _ELECTRONIC_NO.fullmatch(text) is not None


def check_electronic_no(text: str) -> CodeCheck:
    """Look over an 电子监管号: 6 digits area, year, letter, number; -1, -2 … for parts of a supply.

    A wrong shape is doubtful only.
    """
    value = compact(text).upper()
    if is_electronic_no(value):
        return CodeCheck(value=value)
    return CodeCheck(
        value=value,
        doubtful=msg("Not the usual shape of a supervision number (area, year, letter, number)."),
    )


def check_unit_code(text: str) -> CodeCheck:
    """Look over a 不动产单元代码 (GB/T 37346): 28 characters, no check digit; hyphens go."""
    value = compact(text).upper().replace("-", "")
    if _PARCEL_CODE.fullmatch(value):
        return CodeCheck(
            value=value,
            refused=msg(
                "This is the parcel's code alone (宗地代码, 19 characters): the unit code of land "
                "without a building goes on with W00000000."
            ),
        )
    if len(value) != 28:
        return CodeCheck(
            value=value,
            refused=msg("A unit code has 28 characters, this one has {count}.", count=len(value)),
        )
    if not _UNIT_CODE.fullmatch(value):
        return CodeCheck(
            value=value,
            refused=msg("Not a unit code: 12 digits, 2 letters, 5 digits, F/L/Q/W, 8 digits."),
        )
    if value[19] == "W" and value[20:] != "00000000":
        return CodeCheck(
            value=value, doubtful=msg("After W (no structure) a unit code ends in eight zeros.")
        )
    if value[13] not in _RIGHTS:
        return CodeCheck(
            value=value,
            doubtful=msg("{letters} is not a usual kind of right to land.", letters=value[12:14]),
        )
    return CodeCheck(value=value)


def shown_unit_code(code: str) -> str:
    """A 28-character unit code in its groups of 6-6-7-9."""
    return " ".join((code[:6], code[6:12], code[12:19], code[19:]))
