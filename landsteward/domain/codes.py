"""The code lists that every workspace shares."""

from dataclasses import dataclass

from landsteward.domain.areas import Areas
from landsteward.domain.duplicates import NameWords
from landsteward.domain.industries import Industries


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """Industries (GB/T 4754), areas (GB/T 2260), and words of names that tell nothing."""

    industries: Industries
    areas: Areas
    names: NameWords
