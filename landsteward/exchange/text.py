"""Bytes of boundary files as text, and numbers as exact decimals."""

import re
from decimal import Decimal

from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg

# No exponents: 3.74E+06 has lost its digits. Long enough for degrees written by programs.
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{0,20})?|\.\d{1,20})")
_WIDE = re.compile(rb"^(?:\xff\xfe|\xfe\xff)")


def decoded(content: bytes, name: str) -> str:
    """UTF-8, UTF-16 with its mark, or GBK (as GB 18030). Raises InputFileError."""
    names = ["utf-16"] if _WIDE.match(content) else ["utf-8-sig", "gb18030"]
    for encoding in names:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputFileError(
        msg("This is not a text in UTF-8 or GBK."),
        where=name,
        remedy=msg("Save it as text in UTF-8, or hand in the file it was made from."),
    )


def number(text: str) -> Decimal | None:
    """A plain decimal number, exact; None where it is none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None
