"""Area codes (行政区划代码, GB/T 2260) and the codes a workspace gives its own carriers."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from landsteward.domain.identifiers import CodeCheck, compact, name_key
from landsteward.domain.text import msg

_SHAPE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a place by their six digits."""

    names: Mapping[str, str]

    def code_of(self, name: str) -> str | None:
        """The code of the area of that name; its last sign (市, 区, 县) may be missing."""
        wanted = name_key(name)
        for code, known in self.names.items():
            key = name_key(known)
            if wanted and wanted in (key, key[:-1]):
                return code
        return None


def check_area_code(text: str, areas: Areas, own: Collection[str] = ()) -> CodeCheck:
    """Look over an area code: one of the place, or one the workspace gave a carrier of its own.

    Six digits that are not listed are doubtful only: areas are merged and renamed.
    """
    value = compact(text).upper()
    if value in areas.names or value in {compact(code).upper() for code in own}:
        return CodeCheck(value=value)
    if _SHAPE.fullmatch(value):
        return CodeCheck(value=value, doubtful=msg("This area is not one of the places listed."))
    return CodeCheck(
        value=value,
        refused=msg("An area code has six digits, or is the code of one of our carriers."),
    )
