"""Items that are on no list: put on one checkup's form on the spot."""

from dataclasses import dataclass
from datetime import datetime

from landsteward.domain.findings import LegalBasis
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import Severity

PREFIX = "added:"
"""How the `item_key` of such an item begins; a pack's keys have no colon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedItem:
    """An item of one checkup alone. Its bases are whole: no pack needs to know them."""

    id: str
    checkup_id: str
    department: str
    title: str
    severity: Severity
    bases: tuple[LegalBasis, ...] = ()
    added_by: str
    added_at: datetime

    @property
    def item_key(self) -> str:
        """Under which its answer and its finding are kept."""
        return f"{PREFIX}{self.id}"

    def as_item(self) -> ChecklistItem:
        """The line of the form."""
        return ChecklistItem(
            key=self.item_key,
            department=self.department,
            title=self.title,
            title_en=self.title,
            severity=self.severity,
            bases=(),
        )
