"""What a county counts as a conflict of interest (利益冲突) of a firm with an enterprise.

Data of the rule pack (`conflicts.toml`): the plan names no kinds and no years, so these are a
pack's defaults (`domain.md` §9).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictKind:
    """One tie between a firm and an enterprise that is asked about, e.g. that it audits it."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTerms:
    """What is asked: these ties, now or in the last `years` (None: lately, in no set number)."""

    years: int | None = None
    kinds: tuple[ConflictKind, ...] = ()

    def kind(self, key: str) -> ConflictKind:
        """The tie of that key; one the pack no longer has goes by its key."""
        known = next((one for one in self.kinds if one.key == key), None)
        return known or ConflictKind(key=key, name=key, name_en=key)
