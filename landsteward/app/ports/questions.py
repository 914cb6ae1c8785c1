"""What is asked over many records at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from landsteward.app.views import (
        BuiltOn,
        Facet,
        HistoryPart,
        Hit,
        ListFilter,
        ListKind,
        ListRow,
        MergeTrace,
        ParcelPlace,
        RegisterLine,
        Sort,
        TimelineEntry,
    )
    from landsteward.domain.colours import CaseFacts
    from landsteward.domain.desk import CaseOnDesk
    from landsteward.domain.dues import Due
    from landsteward.domain.duplicates import Named
    from landsteward.domain.gathering import EnterpriseRecords, ParcelRecords
    from landsteward.domain.register import (
        Enterprise,
        Occupancy,
        Parcel,
        SupplyContract,
        YearlyMetrics,
    )


class Lists(Protocol):
    """Tables as people see them: keys first, rows by page. Sorting and filtering are here."""

    def ids(
        self, kind: ListKind, wanted: ListFilter, sort: Sort, *, most: int | None = None
    ) -> list[str]:
        """The keys of all rows that fit, in order; only so many of the first if `most` says so."""
        ...

    def rows(self, kind: ListKind, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these keys, in their order; a key that is gone is left out."""
        ...

    def values(self, kind: ListKind, facet: Facet) -> list[str]:
        """Which grades or years there are on record to choose from, in order."""
        ...


class Reports(Protocol):
    """Questions over many records."""

    def search(self, text: str, limit: int) -> list[Hit]:
        """What fits a scrap of name, code, location, case number or pinyin; best first."""
        ...

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        """Everything that happened in a case, newest first, from `change_log` and moves."""
        ...

    def history(
        self, record_ids: Sequence[str], part: HistoryPart | None = None
    ) -> list[TimelineEntry]:
        """What happened to these records, newest first, value by value, with the imports that did
        it; without a part, all of it. An empty part is the end.
        """
        ...

    def supplies_by_identity(self, identities: Sequence[str]) -> dict[str, SupplyContract]:
        """The supplies already known among these identities."""
        ...

    def supplies_once_known_as(self, identities: Sequence[str]) -> dict[str, list[SupplyContract]]:
        """The supplies that were known by or described as one of these at some time."""
        ...

    def aliases_of(self, contract_ids: Sequence[str]) -> dict[str, set[str]]:
        """By what else these supplies were known or described, for each that has such."""
        ...

    def occupancies_of(self, parcel_ids: Sequence[str]) -> list[Occupancy]:
        """Who occupies these parcels, then and now; oldest first."""
        ...

    def owners_of(self, parcel_ids: Sequence[str]) -> list[Occupancy]:
        """Who occupies these parcels as owner, then and now; oldest first."""
        ...

    def supplies_signed_on(self, days: Sequence[date | None]) -> list[SupplyContract]:
        """The supplies signed on these days (None: on no day that is known), oldest first."""
        ...

    def merged_into(self, enterprise_id: str) -> str:
        """The record that stands for this one now: itself where it was not merged."""
        ...

    def merged_from(self, enterprise_id: str) -> list[tuple[Enterprise, date]]:
        """What was merged into this one, also at second hand, and when; oldest first."""
        ...

    def named_enterprises(self) -> Iterator[Named]:
        """Key, name and code of every enterprise that is no person, oldest first."""
        ...

    def enterprises_like(self, signs: str) -> list[Enterprise]:
        """Enterprises in whose names all these signs occur, some hundreds at most."""
        ...

    def enterprises_by_name_key(self, keys: Sequence[str]) -> dict[str, list[Enterprise]]:
        """Enterprises already known under these normalised names, merged ones by what stayed."""
        ...

    def enterprises_by_id(self, ids: Sequence[str]) -> dict[str, Enterprise]:
        """The enterprises of these keys; a key that is gone is left out."""
        ...

    def parcels_by_id(self, ids: Sequence[str]) -> dict[str, Parcel]:
        """The parcels of these keys; a key that is gone is left out."""
        ...

    def parcels_by_electronic_no(self, numbers: Sequence[str]) -> dict[str, Parcel]:
        """Parcels on record under these 电子监管号 (the oldest of each)."""
        ...


class Desk(Protocol):
    """The cases on the desk."""

    def cases(self) -> list[CaseOnDesk]:
        """Every case that is not archived, as far as it matters for whose turn it is."""
        ...

    def dues(self, on: date) -> list[Due]:
        """Every deadline that is not met, by its day; engagements that have run out are over."""
        ...


class Following(Protocol):
    """What the colours of cases follow from."""

    def cases(self, of: Sequence[str] | None = None) -> list[CaseFacts]:
        """Of these cases, or of all that are not ended, in the order of their keys."""
        ...

    def ended(self) -> dict[str, int]:
        """How many cases are ended, by stage."""
        ...


class Rosters(Protocol):
    """What an import of rosters asks of the record."""

    def enterprises_by_code(self, codes: Sequence[str]) -> dict[str, Enterprise]:
        """The enterprises of these credit codes; of one that was merged, what stands for it now."""
        ...

    def parcels_by_unit_code(self, codes: Sequence[str]) -> dict[str, Parcel]:
        """The parcels of these 不动产单元代码."""
        ...

    def parcel_places(self) -> Iterator[ParcelPlace]:
        """Key, name and place of every parcel, in no order."""
        ...

    def metrics_of(
        self, enterprise_ids: Sequence[str], years: Sequence[int]
    ) -> dict[tuple[str, int], YearlyMetrics]:
        """The figures of these enterprises in these years, by enterprise and year."""
        ...


class Screening(Protocol):
    """The register read through for the automatic rules, in the order of its keys."""

    def parcels(self, of: Sequence[str] | None = None) -> Iterator[ParcelRecords]:
        """Every parcel, or those of these keys, with supplies, holders, contracts and looks."""
        ...

    def enterprises(
        self, of: Sequence[str] | None = None, *, with_land: bool = True
    ) -> Iterator[EnterpriseRecords]:
        """Every enterprise, or those of these keys, with years and permits, and its land."""
        ...


class Batches(Protocol):
    """Imports as a whole, by what the trail says they did."""

    def built_on(self, batch_id: str, *, most: int) -> list[BuiltOn]:
        """What stands against taking an import back, so many reasons at most."""
        ...

    def take_back(self, batch_id: str, told: Callable[[int, int], None] | None) -> tuple[int, int]:
        """Mark as deleted what an import added and give what it changed its values back; says how
        many of each. Inside a transaction. `told` hears how much of how much is done.
        """
        ...


class Derived(Protocol):
    """What search and lists know of the records; it follows large changes a little later."""

    def waiting(self) -> int:
        """How much they do not know of yet; 0: they are up to date."""
        ...

    def follow(self, go_on: Callable[[], bool]) -> int:
        """Let them follow for as long as `go_on` says; gives what is still waiting."""
        ...


class Chronicle(Protocol):
    """The trail of single records: what happened to them, and what was theirs."""

    def enterprise_keys(self, enterprise_id: str) -> list[str]:
        """The enterprise, and everything of the register that belongs or once belonged to it."""
        ...

    def parcel_keys(self, parcel_id: str) -> list[str]:
        """The parcel, and everything of the register that belongs or once belonged to it."""
        ...

    def merged_keys(self, enterprise_id: str) -> list[str]:
        """The enterprises that were ever merged into this one, also where that was taken back."""
        ...

    def first_entry(self, record_id: str) -> tuple[datetime, str] | None:
        """When a record was first entered and by whom; None where the trail does not know it."""
        ...

    def lines(self, keys: Sequence[str]) -> dict[str, RegisterLine]:
        """What contracts, occupancies, figures, looks, boundaries and cases are about."""
        ...

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """What enterprises, parcels, organisations, people and cases are called, gone ones too."""
        ...


class Reversals(Protocol):
    """Taking back what is no import: a merging, a deletion. Inside a transaction."""

    def merge(self, gone_id: str) -> MergeTrace | None:
        """What the merging did by which this record went; None where there is none to take back."""
        ...

    def take_back_merge(self, gone_id: str) -> None:
        """Give both records back what the merging changed, wherever nobody changed it since."""
        ...

    def bring_back(self, table: str, record_id: str) -> None:
        """Take the mark of deletion off a record. Raises RecordNotFoundError."""
        ...
