"""Which supply on record a row speaks of, also where one of them lacks its number or its holder.

A supply published without its 电子监管号, or before its holder was known, comes again with it; it
must not become a second supply on a second parcel. Nor must it where an older list still says what
was corrected since: what a supply was once known by is kept (`land_supply_aliases`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from landsteward.app.context import Context
from landsteward.app.land_supply_aliases import description_of
from landsteward.domain.identifiers import name_key
from landsteward.domain.land_supply import (
    SupplyRow,
    described_identity,
    description_without_holder,
    is_described,
    supply_identity,
)
from landsteward.domain.register import SupplyContract


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """`identities[i]`: by what row i is known after the import, "" where it says too little.
    `recorded`: supplies on record by that same identity. `unsure`: rows that may be one of several.
    """

    identities: list[str]
    recorded: dict[str, SupplyContract]
    unsure: set[int] = field(default_factory=set)


def match_supplies(ctx: Context, supplies: Sequence[SupplyRow | None]) -> Matches:
    """Find the supplies that rows speak of: by identity, otherwise by holder, place, day and area.

    Where several supplies may be meant, or several rows claim one, none is taken: each such row
    makes its own.
    """
    rows = {at: supply for at, supply in enumerate(supplies) if supply is not None}
    identities = ["" if supply is None else supply_identity(supply) for supply in supplies]
    recorded = ctx.workspace.reports.supplies_by_identity(sorted(set(identities) - {""}))
    matches = Matches(identities=identities, recorded=recorded)
    unknown: dict[str, list[int]] = defaultdict(list)
    for at, identity in enumerate(identities):
        if identity and identity not in recorded:
            unknown[identity].append(at)
    if unknown:
        renamed: dict[str, str] = {}
        if ctx.workspace.supply_contracts.count():
            new = {at: rows[at] for places in unknown.values() for at in places}
            renamed = _claim(matches, rows, unknown, _Described(ctx, new))
        left = {identity: at for identity, at in unknown.items() if identity not in renamed}
        renamed |= _joined_in_file(matches, rows, left)
        identities[:] = [renamed.get(identity, identity) for identity in identities]
    return matches


def _claim(
    matches: Matches,
    rows: Mapping[int, SupplyRow],
    unknown: Mapping[str, list[int]],
    described: "_Described",
) -> dict[str, str]:
    """Give supplies on record to the rows that describe them: from old to new identity."""
    renamed: dict[str, str] = {}
    if not described.contracts:
        return renamed
    direct: dict[str, list[SupplyRow]] = defaultdict(list)
    for at, row in rows.items():
        if matches.identities[at] in matches.recorded:
            direct[matches.identities[at]].append(row)
    claims: dict[str, list[str]] = defaultdict(list)
    for identity, places in unknown.items():
        found = {one for at in places for one in described.candidates(at, rows[at], direct)}
        if len(found) > 1:
            matches.unsure.update(places)
        elif found:
            claims[found.pop()].append(identity)
    for contract_id, claiming in claims.items():
        contract = described.contracts[contract_id]
        places = [at for identity in claiming for at in unknown[identity]]
        known_as = _known_as(contract, {matches.identities[at]: rows[at] for at in places})
        if known_as is None:
            matches.unsure.update(places)
            continue
        matches.recorded.pop(contract.identity, None)
        matches.recorded[known_as] = contract
        renamed |= dict.fromkeys([*claiming, contract.identity], known_as)
    return renamed


def _known_as(contract: SupplyContract, claiming: dict[str, SupplyRow]) -> str | None:
    """By what a supply is known once these rows are its own; None where they exclude each other."""
    numbers = {row.electronic_no for row in claiming.values()} - {""}
    if len(numbers) > 1 or not _can_be_one(claiming.values()):
        return None
    if numbers:
        return numbers.pop()
    fuller = [identity for identity, row in claiming.items() if row.holder]
    if fuller and not contract.electronic_no and contract.holder_id is None:
        return fuller[0]
    return contract.identity


def _can_be_one(rows: Collection[SupplyRow]) -> bool:
    """Whether rows say nothing different of what describes a supply."""
    if len(rows) < 2:
        return True
    holders = {name_key(row.holder) for row in rows} - {""}
    places = {name_key(row.location) for row in rows} - {""}
    days = {row.signed_on for row in rows} - {None}
    areas = {row.area_m2 for row in rows} - {None}
    return not any(len(said) > 1 for said in (holders, places, days, areas))


def _joined_in_file(
    matches: Matches, rows: Mapping[int, SupplyRow], unknown: Mapping[str, list[int]]
) -> dict[str, str]:
    """Rows without a number that describe the one numbered supply of the file: it is theirs too."""
    without = {
        identity: places
        for identity, places in unknown.items()
        if not rows[places[0]].electronic_no and not matches.unsure.intersection(places)
    }
    renamed: dict[str, str] = {}
    if not without:
        return renamed
    numbered: dict[str, set[int]] = defaultdict(set)
    for at, row in rows.items():
        if row.electronic_no and at not in matches.unsure:
            for key in _keys(row):
                numbered[key].add(at)
    for identity, places in without.items():
        described = [rows[at] for at in places]
        same = {at for row in described for key in _keys(row) for at in numbered.get(key, ())}
        fitting = {at for at in same if _can_be_one([rows[at], *described])}
        numbers = {matches.identities[at] for at in fitting}
        if len(numbers) == 1:
            renamed[identity] = numbers.pop()
        elif numbers:
            matches.unsure.update(places)
    return renamed


class _Descriptions:
    """Keys of supplies by what describes them, and by the same without the holder."""

    def __init__(self) -> None:
        self.whole: dict[str, set[str]] = defaultdict(set)
        self.without_holder: dict[str, set[str]] = defaultdict(set)


class _Described:
    """The supplies on record that have place, day and area in common with some rows, now or once.

    `keys`: for each row (by index) its description and, where place, day and area are all there,
    the same without its holder.
    """

    def __init__(self, ctx: Context, rows: Mapping[int, SupplyRow]) -> None:
        reports = ctx.workspace.reports
        self.keys = {at: _keys(row) for at, row in rows.items()}
        keys = sorted({key for of_row in self.keys.values() for key in of_row})
        self.contracts: dict[str, SupplyContract] = {}
        self._now, self._once = _Descriptions(), _Descriptions()
        for description, one in self._alike(ctx, rows.values()):
            self._note(self._now, description, one)
        for description, one in reports.supplies_by_identity(keys).items():
            self._note(self._now, description, one)
        for description, contracts in reports.supplies_once_known_as(keys).items():
            for one in contracts:
                self._note(self._once, description, one)

    @staticmethod
    def _alike(ctx: Context, rows: Collection[SupplyRow]) -> Iterator[tuple[str, SupplyContract]]:
        """The supplies of the rows' days and areas, each with its description as it is now."""
        reports = ctx.workspace.reports
        told = {(row.signed_on, row.area_m2) for row in rows}
        signed = reports.supplies_signed_on(list({row.signed_on for row in rows}))
        alike = [one for one in signed if (one.signed_on, one.area_m2) in told]
        parcels = reports.parcels_by_id(sorted({one.parcel_id for one in alike}))
        holders = reports.enterprises_by_id(
            sorted({one.holder_id for one in alike if one.holder_id})
        )
        for one in alike:
            yield (
                description_of(one, parcels.get(one.parcel_id), holders.get(one.holder_id or "")),
                one,
            )

    def _note(self, among: "_Descriptions", description: str, one: SupplyContract) -> None:
        self.contracts[one.id] = one
        among.whole[description].add(one.id)
        among.without_holder[description_without_holder(description)].add(one.id)

    def candidates(
        self, at: int, row: SupplyRow, direct: Mapping[str, Collection[SupplyRow]]
    ) -> set[str]:
        """Keys of the supplies that the row at an index may speak of; `direct` are, by identity,
        the rows of the file that name a supply: what they say otherwise, it cannot be.

        What describes a supply now goes before what described one once; where it describes
        several, that one goes first which was described so before. A holder that only one side
        knows is passed over where place, day and area are all there.
        """
        now, once = (
            {one for one in self._among(among, at, row) if self._is_told(one, row, direct)}
            for among in (self._now, self._once)
        )
        return now & once or now or once

    def _is_told(
        self, key: str, row: SupplyRow, direct: Mapping[str, Collection[SupplyRow]]
    ) -> bool:
        """Whether a row can go with one of those that name the supply, if there are any."""
        named = direct.get(self.contracts[key].identity, ())
        return not named or any(_can_be_one([row, one]) for one in named)

    def _among(self, among: "_Descriptions", at: int, row: SupplyRow) -> set[str]:
        if not among.whole or not self.keys[at]:
            return set()
        description, *places = self.keys[at]
        same = self._fitting(row, among.whole.get(description, ()))
        if same or not places:
            return same
        there = self._fitting(row, among.without_holder.get(places[0], ()))
        return {one for one in there if not row.holder or self.contracts[one].holder_id is None}

    def _fitting(self, row: SupplyRow, keys: Iterable[str]) -> set[str]:
        """Those whose number is not another one."""
        return {
            key
            for key in keys
            if not row.electronic_no
            or self.contracts[key].electronic_no in (None, "", row.electronic_no)
        }


def _keys(row: SupplyRow) -> tuple[str, ...]:
    """By what a row's supply could be found without its number; nothing where it says too little.

    The second, where place, day and area are all there, leaves the holder out.
    """
    if not is_described(row):
        return ()
    description = described_identity(row.holder, row.location, row.signed_on, row.area_m2)
    if row.location and row.signed_on and row.area_m2:
        return description, description_without_holder(description)
    return (description,)
