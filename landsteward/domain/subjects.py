"""What automatic rules are applied to: a supply, a parcel, an enterprise, an output contract, a
permit, each with what is known of it on the day asked about.

Every subject says by `key` which record it is, and from which day on there is something to judge
(`since`). A suspicion belongs to the parcel and the enterprise it names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from landsteward.domain.occupancy import LandBasis
from landsteward.domain.output_terms import Reality
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    OutputContract,
    Parcel,
    Permit,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.states import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplySubject:
    """What is known of one supply: the parcel, its contract, its holder, the last look at it."""

    parcel: Parcel
    contract: SupplyContract
    holder: Enterprise | None
    progress: ConstructionProgress | None = None

    @property
    def key(self) -> str:
        """The supply."""
        return self.contract.id

    @property
    def since(self) -> date | None:
        """A supply is judged from its signing on."""
        return self.contract.signed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFinding:
    """A confirmed finding that is not settled: whose, how grave, since which day it was so."""

    department: str
    severity: Severity
    title: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Which departments have finished a checkup of an enterprise, and what of it is still open."""

    departments: frozenset[str] = frozenset()
    findings: tuple[OpenFinding, ...] = ()


UNCHECKED = Checks()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSubject:
    """A parcel as it is built, with its latest supply and output contract, the last look, and the
    checks of who holds it.
    """

    parcel: Parcel
    contract: SupplyContract | None = None
    output: OutputContract | None = None
    holder: Enterprise | None = None
    progress: ConstructionProgress | None = None
    checks: Checks = UNCHECKED

    @property
    def key(self) -> str:
        """The parcel."""
        return self.parcel.id

    @property
    def since(self) -> date | None:
        """A parcel is judged from its supply on."""
        return self.contract.signed_on if self.contract is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseSubject:
    """An enterprise with the figures of its years, latest first.

    `land` says by which land those of a year are divided; it is asked only where that is needed.
    """

    holder: Enterprise
    years: Sequence[YearlyMetrics] = ()
    land: Callable[[YearlyMetrics], LandBasis | None]
    parcel: None = None

    @property
    def key(self) -> str:
        """The enterprise."""
        return self.holder.id

    @property
    def since(self) -> date | None:
        """Always."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSubject:
    """An output contract and what is on record about what it promised."""

    output: OutputContract
    holder: Enterprise
    reality: Reality

    @property
    def parcel(self) -> Parcel:
        """The parcel it is about."""
        return self.reality.parcel

    @property
    def contract(self) -> SupplyContract | None:
        """The supply beside it."""
        return self.reality.supply

    @property
    def key(self) -> str:
        """The output contract."""
        return self.output.id

    @property
    def since(self) -> date | None:
        """From its signing on."""
        return self.output.signed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitSubject:
    """A permit and whose it is."""

    permit: Permit
    holder: Enterprise
    parcel: None = None

    @property
    def key(self) -> str:
        """The permit."""
        return self.permit.id

    @property
    def since(self) -> date | None:
        """From its first day on."""
        return self.permit.valid_from


Subject = SupplySubject | ParcelSubject | EnterpriseSubject | OutputSubject | PermitSubject
