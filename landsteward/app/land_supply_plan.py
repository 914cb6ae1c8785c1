"""What an import of land supply would do to the register: records to add and to save, and what is
said of each row. Nothing here is written yet.
"""

from dataclasses import dataclass, field

from landsteward.app.importing import Outcome, RowNote
from landsteward.domain.register import (
    Enterprise,
    Occupancy,
    Parcel,
    SupplyAlias,
    SupplyContract,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row, and by what a person knows it."""

    row: int
    outcome: Outcome
    electronic_no: str = ""
    holder: str = ""
    location: str = ""


@dataclass(slots=True, kw_only=True)
class Plan:
    """Records to add and to save, and what is said of the rows. `refused` holds, for each refused
    row's index in the table, the reasons.
    """

    outcomes: list[RowOutcome] = field(default_factory=list)
    refused: dict[int, tuple[RowNote, ...]] = field(default_factory=dict)
    warnings: list[RowNote] = field(default_factory=list)
    new_enterprises: list[Enterprise] = field(default_factory=list)
    new_parcels: dict[str, Parcel] = field(default_factory=dict)
    new_contracts: dict[str, SupplyContract] = field(default_factory=dict)
    new_occupancies: list[Occupancy] = field(default_factory=list)
    changed_parcels: dict[str, Parcel] = field(default_factory=dict)
    changed_contracts: dict[str, SupplyContract] = field(default_factory=dict)
    changed_occupancies: list[Occupancy] = field(default_factory=list)
    new_aliases: list[SupplyAlias] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows ended so."""
        return sum(1 for row in self.outcomes if row.outcome is outcome)

    @property
    def changes_anything(self) -> bool:
        """Whether the register would be another one afterwards."""
        return bool(
            self.new_contracts
            or self.changed_contracts
            or self.changed_parcels
            or self.changed_occupancies
            or self.new_aliases
        )
