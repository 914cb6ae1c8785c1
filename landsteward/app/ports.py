"""What the use cases need from outside, as protocols: storage, clock, keys, rule packs.

The records are named in annotations alone: whoever needs one imports its module, so that a start
does not wait for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from landsteward.app.boundaries_file import BoundarySearch
    from landsteward.app.views import (
        BoardRow,
        BuiltOn,
        CheckReport,
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
    from landsteward.domain.boundaries import ParcelBoundary
    from landsteward.domain.casework import (
        Case,
        Checkup,
        CheckupInspector,
        Evidence,
        EvidenceLink,
        ItemResult,
    )
    from landsteward.domain.codes import CodeLists
    from landsteward.domain.documents import ImportBatch, ImportReject, IssuedDocument
    from landsteward.domain.duplicates import Named, NotTheSame
    from landsteward.domain.findings import Finding, FindingEvent
    from landsteward.domain.organisations import Organisation, Person
    from landsteward.domain.register import (
        ConstructionProgress,
        Enterprise,
        Occupancy,
        OutputContract,
        Parcel,
        SupplyAlias,
        SupplyContract,
        YearlyMetrics,
    )
    from landsteward.domain.remedies import (
        Closure,
        Engagement,
        FollowUp,
        PlanFinding,
        PlanStep,
        PlanTarget,
        Recheck,
        RecheckResult,
        RemedyPlan,
    )
    from landsteward.domain.rulepack import RulePack
    from landsteward.domain.screening import ScreeningSubject

T = TypeVar("T")


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """This moment, with its offset from UTC."""
        ...

    def today(self) -> date:
        """This calendar day where the user is."""
        ...


class IdSource(Protocol):
    """Where keys come from."""

    def new(self) -> str:
        """A key nobody else has."""
        ...


class PackSource(Protocol):
    """Where rule packs come from."""

    def current(self) -> RulePack:
        """The pack new work is done with."""
        ...

    def get(self, key: str, version: str) -> RulePack:
        """The pack a piece of work was done with. Raises RulePackError where it is not there."""
        ...

    def codes(self) -> CodeLists:
        """The code lists that every workspace shares."""
        ...


class Store(Protocol[T]):
    """Records of one kind. Everything that writes must run inside `Workspace.transaction`."""

    def get(self, record_id: str) -> T:
        """The record of that key. Raises RecordNotFoundError."""
        ...

    def find(self, record_id: str) -> T | None:
        """The record of that key, or None."""
        ...

    def where(self, **equal: object) -> list[T]:
        """Records whose fields equal these (None: is empty), oldest first; marked ones left out."""
        ...

    def first(self, **equal: object) -> T | None:
        """The oldest such record, or None."""
        ...

    def count(self, **equal: object) -> int:
        """How many there are."""
        ...

    def add(self, record: T) -> None:
        """Keep a new record."""
        ...

    def add_many(self, records: Iterable[T]) -> None:
        """Keep many new records at once."""
        ...

    def save(self, record: T) -> None:
        """Keep a changed record; one that did not change leaves no trace."""
        ...

    def retire(self, record_id: str) -> None:
        """Mark a record as deleted; it stays in the file and in the trail."""
        ...


class BlobStore(Protocol):
    """Contents of evidence and issued papers, once each, by SHA-256 (hex)."""

    def put(self, content: bytes) -> str:
        """Keep the content and say its SHA-256."""
        ...

    def get(self, sha256: str) -> bytes:
        """The content. Raises RecordNotFoundError."""
        ...


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

    def board(self, today: date, *, soon: date) -> list[BoardRow]:
        """Cases by stage in the four colours of the board; a deadline not after `soon` is near."""
        ...

    def screening_subjects(self) -> Iterator[ScreeningSubject]:
        """Every supply with its parcel, holder and the last look at it, one after another."""
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


class Workspace(Protocol):
    """One open workspace file. Belongs to the thread that opened it."""

    @property
    def organisations(self) -> Store[Organisation]: ...
    @property
    def people(self) -> Store[Person]: ...
    @property
    def enterprises(self) -> Store[Enterprise]: ...
    @property
    def parcels(self) -> Store[Parcel]: ...
    @property
    def parcel_boundaries(self) -> Store[ParcelBoundary]: ...
    @property
    def supply_contracts(self) -> Store[SupplyContract]: ...
    @property
    def supply_aliases(self) -> Store[SupplyAlias]: ...
    @property
    def output_contracts(self) -> Store[OutputContract]: ...
    @property
    def construction_progress(self) -> Store[ConstructionProgress]: ...
    @property
    def occupancies(self) -> Store[Occupancy]: ...
    @property
    def yearly_metrics(self) -> Store[YearlyMetrics]: ...
    @property
    def not_the_same(self) -> Store[NotTheSame]: ...
    @property
    def cases(self) -> Store[Case]: ...
    @property
    def checkups(self) -> Store[Checkup]: ...
    @property
    def checkup_inspectors(self) -> Store[CheckupInspector]: ...
    @property
    def item_results(self) -> Store[ItemResult]: ...
    @property
    def evidence(self) -> Store[Evidence]: ...
    @property
    def evidence_links(self) -> Store[EvidenceLink]: ...
    @property
    def findings(self) -> Store[Finding]: ...
    @property
    def finding_events(self) -> Store[FindingEvent]: ...
    @property
    def engagements(self) -> Store[Engagement]: ...
    @property
    def remedy_plans(self) -> Store[RemedyPlan]: ...
    @property
    def plan_findings(self) -> Store[PlanFinding]: ...
    @property
    def plan_steps(self) -> Store[PlanStep]: ...
    @property
    def plan_targets(self) -> Store[PlanTarget]: ...
    @property
    def follow_ups(self) -> Store[FollowUp]: ...
    @property
    def rechecks(self) -> Store[Recheck]: ...
    @property
    def recheck_results(self) -> Store[RecheckResult]: ...
    @property
    def closures(self) -> Store[Closure]: ...
    @property
    def issued_documents(self) -> Store[IssuedDocument]: ...
    @property
    def import_batches(self) -> Store[ImportBatch]: ...
    @property
    def import_rejects(self) -> Store[ImportReject]: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def lists(self) -> Lists: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def boundary_search(self) -> BoundarySearch: ...
    @property
    def rosters(self) -> Rosters: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def derived(self) -> Derived: ...
    @property
    def chronicle(self) -> Chronicle: ...
    @property
    def reversals(self) -> Reversals: ...

    def as_of(self, moment: datetime) -> Workspace:
        """The same workspace as it was recorded at a moment: its records, and what is asked over
        those of one enterprise or parcel. It can only be read.
        """
        ...

    def transaction(self, *, actor_id: str, at: datetime) -> AbstractContextManager[None]:
        """All writes inside are kept together in that person's name, or none; may be nested."""
        ...

    def take_number(self, code: str, year: int) -> int:
        """The next number of a 代字 in a year, from 1, gapless; inside a transaction."""
        ...

    def next_number(self, code: str, year: int) -> int:
        """The number `take_number` would give next; it stays free."""
        ...

    def setting(self, key: str) -> str | None:
        """A setting of this workspace (e.g. its name), or None."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting; inside a transaction."""
        ...

    def check(self) -> CheckReport:
        """Look the whole file over: integrity, foreign keys, audit chain."""
        ...

    def backup(self, target: str) -> None:
        """Write a consistent copy. Raises WorkspaceError."""
        ...

    def close(self) -> None:
        """Release the file and its lock."""
        ...
