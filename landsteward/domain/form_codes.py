"""The short code on a printed form by which its checkup is found again, typed or scanned.

Eight characters of the checkup's key (its last 40 bits) and a check character, in groups of three:
`7K3-MQ2-XWP`. The characters are Crockford's: no I, L, O or U, and what is easily misread counts as
what was meant. The check character (Luhn mod 32) notices any one wrong character and nearly all
swapped neighbours.
"""

import re
from unicodedata import normalize

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_DATA = 8
_SHAPE = re.compile(rf"[{_ALPHABET}]{{{_DATA + 1}}}")
TAIL = 10
"""So many hex digits at the end of a key the code stands for."""


def form_code(checkup_id: str) -> str:
    """The code of a checkup."""
    from stdnum import luhn

    number = int(checkup_id[-TAIL:], 16)
    data = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_DATA)))
    whole = data + luhn.calc_check_digit(data, _ALPHABET)
    return "-".join(whole[at : at + 3] for at in range(0, len(whole), 3))


def key_tail(typed: str) -> str | None:
    """The end of the key that a typed or scanned code stands for; None where it is no code.

    Case, spaces, any dashes and full width do not matter.
    """
    from stdnum import luhn

    plain = re.sub(r"[\s\-‐-―－]", "", normalize("NFKC", typed)).upper().translate(_READ_AS)
    if _SHAPE.fullmatch(plain) is None or not luhn.is_valid(plain, _ALPHABET):
        return None
    number = 0
    for sign in plain[:_DATA]:
        number = number << 5 | _ALPHABET.index(sign)
    return f"{number:0{TAIL}x}"
