"""Area codes (行政区划代码) and the codes a workspace gives its own carriers.

Six digits name a county or city (GB/T 2260), nine a township or street, twelve a village; a part of
zeros means the level above.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from landsteward.domain.identifiers import CodeCheck, compact, name_key
from landsteward.domain.text import Message, msg

_SHAPE = re.compile(r"\d{6}(?:\d{3}(?:\d{3})?)?")
_DISTRICT, _TOWNSHIP = 6, 9
_FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Areas:
    """The areas of a place: counties and cities by six digits, townships by nine."""

    names: Mapping[str, str]
    townships: Mapping[str, str]

    def code_of(self, name: str) -> str | None:
        """The code of the county or city of that name; its last sign (市, 县 …) may be missing."""
        wanted = name_key(name)
        for code, key in self._keys.items():
            if wanted and wanted in (key, key[:-1]):
                return code
        return None

    def district_of(self, code: str) -> str | None:
        """The name of the county or city that a code lies in, where it is listed."""
        return self.names.get(compact(code)[:_DISTRICT])

    def contradicts(self, code: str, name: str) -> bool:
        """Whether a listed code and a name say different places.

        The name may be a county's or a township's, alone or behind the larger areas
        (亳州市谯城区古井镇). A name that is not listed says another place than a listed code.
        """
        if self.district_of(code) is None:
            return False
        stem = _stem(compact(code))
        return not any(
            one.startswith(stem) or stem.startswith(one) for one in map(_stem, self._named(name))
        )

    def _named(self, name: str) -> list[str]:
        """The codes of the places that a name names, only the innermost of them."""
        wanted = name_key(name)
        exact = self.code_of(name)
        counties = (
            [exact]
            if exact
            else [code for code, key in self._keys.items() if len(key) >= _FEWEST and key in wanted]
        )
        inner = [one for one in counties if len(_stem(one)) == _DISTRICT]
        towns = [
            code
            for code, known in self.townships.items()
            if name_key(known) in wanted and (not inner or code[:_DISTRICT] in inner)
        ]
        return towns or inner or counties

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {code: name_key(name) for code, name in self.names.items()}


def _stem(code: str) -> str:
    """A code without the parts of zeros that name the level above, and without its village."""
    code = code[:_TOWNSHIP].removesuffix("000") if len(code) > _DISTRICT else code
    return code.removesuffix("00") if len(code) == _DISTRICT else code


def check_area_code(text: str, areas: Areas, own: Collection[str] = ()) -> CodeCheck:
    """Look over an area code: one of the place, or one the workspace gave a carrier of its own.

    Digits that are not listed are doubtful only: areas are merged and renamed.
    """
    value = compact(text).upper()
    if value in {compact(code).upper() for code in own}:
        return CodeCheck(value=value)
    if not _SHAPE.fullmatch(value):
        return CodeCheck(
            value=value,
            refused=msg(
                "An area code has 6, 9 or 12 digits, or is the code of one of our carriers."
            ),
        )
    return CodeCheck(value=value, doubtful=_unlisted(value, areas))


def _unlisted(code: str, areas: Areas) -> Message | None:
    """What is odd about digits that are no listed area, or no listed part of one."""
    district = areas.district_of(code)
    if district is None:
        return msg("{code} is not one of the areas listed.", code=code)
    township = _stem(code)
    if len(township) == _TOWNSHIP and township not in areas.townships:
        return msg(
            "{district} has no township {code} that is listed.", district=district, code=township
        )
    return None
