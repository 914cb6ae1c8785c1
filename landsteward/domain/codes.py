"""The code lists that every workspace shares."""

from dataclasses import dataclass

from landsteward.domain.areas import Areas
from landsteward.domain.industries import Industries


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """Industries (GB/T 4754) and areas (GB/T 2260)."""

    industries: Industries
    areas: Areas
