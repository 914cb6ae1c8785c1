"""Questions over many records: search, timeline, and what imports ask."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Session
from db.errors import damaged, storage_errors
from db.functions import chinese_order
from db.mapping import Mapper
from db.merged import merged_names, merged_rows, survivor_of
from db.timeline import Entry, timeline
from landsteward.app.views import HistoryPart, Hit, TimelineEntry
from landsteward.domain.duplicates import Named
from landsteward.domain.form_codes import key_tail
from landsteward.domain.register import (
    Enterprise,
    Occupancy,
    Parcel,
    SupplyAlias,
    SupplyContract,
)
from landsteward.domain.states import CaseStep, Tenure

_QUERIES = Path(__file__).with_name("sql")
_MOST_HITS = 400


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


class SqlReports:
    """The reports of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parcels = Mapper(Parcel, session.path)
        self._contracts = Mapper(SupplyContract, session.path)
        self._aliases = Mapper(SupplyAlias, session.path)
        self._occupancies = Mapper(Occupancy, session.path)
        self._enterprises = Mapper(Enterprise, session.path)

    def search(self, text: str, limit: int) -> list[Hit]:
        """What fits a scrap of name, code, location, case number or pinyin; best first.

        The code of a printed checkup form finds that form alone.
        """
        from db.words import query

        wanted = text.strip()
        if (tail := key_tail(wanted)) and (forms := self._forms(tail)):
            return forms
        match = query(wanted, private=self._session.looking.private)
        if match is None:
            return []
        low = chinese_order(wanted) or b""
        given = {
            "text": wanted,
            "match": match,
            "names": query(wanted, names_only=True) or match,
            "low": low,
            "high": low + b"\xff",
            "most": max(limit, _MOST_HITS),
            "limit": limit,
        }
        return [
            Hit(kind=kind, id=record_id, title=title, subtitle=subtitle)
            for kind, record_id, title, subtitle in self._all("search", given)
        ]

    def _forms(self, tail: str) -> list[Hit]:
        """The checkups whose key ends so: one, and by a rare chance more."""
        return [
            Hit(kind="case", id=case_id, title=case_no, subtitle=holder, step=CaseStep.CHECKUP)
            for case_id, case_no, holder in self._all("form_code", {"tail": tail})
        ]

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        """Everything that happened in a case, newest first; see `db.timeline`."""
        rows = self._all("timeline", {"case_id": case_id})
        try:
            return timeline(Entry(*row) for row in rows)
        except (msgspec.DecodeError, TypeError) as error:
            raise damaged(self._session.path, f"change_log {case_id}") from error

    def history(
        self, record_ids: Sequence[str], part: HistoryPart | None = None
    ) -> list[TimelineEntry]:
        """What happened to these records, newest first, value by value, with the imports that did
        it; without a part, all of it.
        """
        part = part or HistoryPart(most=-1)
        rows = self._all(
            "history",
            {
                "ids": msgspec.json.encode(list(record_ids)).decode(),
                "merged": msgspec.json.encode(part.merged).decode(),
                "tables": msgspec.json.encode(part.tables).decode(),
                "imports_only": part.imports_only,
                "before": part.before,
                "most": part.most,
            },
        )
        try:
            entries = timeline((Entry(*row) for row in reversed(rows)), detailed=True)
        except (msgspec.DecodeError, TypeError) as error:
            raise damaged(self._session.path, f"change_log {record_ids}") from error
        # What the part ends in may have begun before it: it comes whole with the next one.
        return entries[:-1] if len(rows) == part.most and len(entries) > 1 else entries

    def supplies_by_identity(self, identities: Sequence[str]) -> dict[str, SupplyContract]:
        """The supplies already known among these identities."""
        rows = self._among(self._contracts, "supply_contracts", "identity", identities)
        found = [self._contracts.record(row) for row in rows]
        return {supply.identity: supply for supply in found}

    def supplies_once_known_as(self, identities: Sequence[str]) -> dict[str, list[SupplyContract]]:
        """The supplies that were known by or described as one of these at some time."""
        aliases = [
            self._aliases.record(row)
            for row in self._among(self._aliases, "supply_aliases", "identity", identities)
        ]
        ids = sorted({alias.contract_id for alias in aliases})
        rows = self._among(self._contracts, "supply_contracts", "id", ids) if ids else []
        contracts = {one.id: one for one in map(self._contracts.record, rows)}
        found: dict[str, list[SupplyContract]] = {}
        for alias in aliases:
            if (contract := contracts.get(alias.contract_id)) is not None:
                found.setdefault(alias.identity, []).append(contract)
        return found

    def aliases_of(self, contract_ids: Sequence[str]) -> dict[str, set[str]]:
        """By what else these supplies were known or described, for each that has such."""
        found: dict[str, set[str]] = {}
        for row in self._among(self._aliases, "supply_aliases", "contract_id", contract_ids):
            alias = self._aliases.record(row)
            found.setdefault(alias.contract_id, set()).add(alias.identity)
        return found

    def occupancies_of(self, parcel_ids: Sequence[str]) -> list[Occupancy]:
        """Who occupies these parcels, then and now; oldest first."""
        rows = self._among(self._occupancies, "occupancies", "parcel_id", parcel_ids)
        return [self._occupancies.record(row) for row in rows]

    def owners_of(self, parcel_ids: Sequence[str]) -> list[Occupancy]:
        """Who occupies these parcels as owner, then and now; oldest first."""
        return [one for one in self.occupancies_of(parcel_ids) if one.tenure is Tenure.OWNER]

    def supplies_signed_on(self, days: Sequence[date | None]) -> list[SupplyContract]:
        """The supplies signed on these days (None: on no day that is known), oldest first."""
        known = [day.isoformat() for day in days if day is not None]
        rows = self._among(self._contracts, "supply_contracts", "signed_on", known)
        if None in days:
            with storage_errors(self._session.path):
                rows += self._session.conn.execute(
                    f"SELECT {self._contracts.columns()} FROM supply_contracts "
                    "WHERE deleted_at IS NULL AND signed_on IS NULL ORDER BY id"
                ).fetchall()
        return sorted(map(self._contracts.record, rows), key=lambda supply: supply.id)

    def merged_into(self, enterprise_id: str) -> str:
        """The record that stands for this one now: itself where it was not merged."""
        return survivor_of(self._session, enterprise_id)

    def merged_from(self, enterprise_id: str) -> list[tuple[Enterprise, date]]:
        """What was merged into this one, also at second hand, and when; oldest first."""
        columns = self._enterprises.columns("e.")
        rows = merged_rows(self._session, enterprise_id, columns)
        return [
            (self._enterprises.record(row[:-1]), datetime.fromisoformat(row[-1]).date())
            for row in rows
        ]

    def named_enterprises(self) -> Iterator[Named]:
        """Key, name and code of every enterprise that is no person, oldest first."""
        with storage_errors(self._session.path):
            for row in self._session.conn.execute(
                "SELECT id, name, uscc FROM enterprises "
                "WHERE deleted_at IS NULL AND kind = 'organisation' ORDER BY nr"
            ):
                yield Named(*row)

    def enterprises_like(self, signs: str) -> list[Enterprise]:
        """Enterprises in whose names all these signs occur, some hundreds at most.

        What a large import has brought is found once the index has it.
        """
        from db.words import tokens

        match = " AND ".join(f'words : "{one}"' for one in dict.fromkeys(tokens(signs)))
        if not match:
            return []
        sql = (
            f"SELECT {self._enterprises.columns('e.')} FROM enterprise_search AS found "
            "CROSS JOIN enterprises AS e ON e.nr = found.rowid "
            "WHERE enterprise_search MATCH ? AND e.deleted_at IS NULL LIMIT ?"
        )
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(sql, [match, _MOST_HITS]).fetchall()
        return [self._enterprises.record(row) for row in rows]

    def enterprises_by_name_key(self, keys: Sequence[str]) -> dict[str, list[Enterprise]]:
        """Enterprises already known under these normalised names, oldest first.

        A name that only merged records had leads to the one that stayed.
        """
        found: dict[str, list[Enterprise]] = {}
        for row in self._among(self._enterprises, "enterprises", "name_key", keys):
            enterprise = self._enterprises.record(row)
            found.setdefault(enterprise.name_key, []).append(enterprise)
        led = merged_names(self._session, keys)
        stayed = self.enterprises_by_id(sorted(set(led.values()))) if led else {}
        for key, survivor in led.items():
            if key not in found and survivor in stayed:
                found[key] = [stayed[survivor]]
        return found

    def enterprises_by_id(self, ids: Sequence[str]) -> dict[str, Enterprise]:
        """The enterprises of these keys; a key that is gone is left out."""
        rows = self._among(self._enterprises, "enterprises", "id", ids)
        return {one.id: one for one in map(self._enterprises.record, rows)}

    def parcels_by_id(self, ids: Sequence[str]) -> dict[str, Parcel]:
        """The parcels of these keys; a key that is gone is left out."""
        rows = self._among(self._parcels, "parcels", "id", ids)
        return {parcel.id: parcel for parcel in map(self._parcels.record, rows)}

    def parcels_by_electronic_no(self, numbers: Sequence[str]) -> dict[str, Parcel]:
        """Parcels on record under these 电子监管号 (the oldest of each)."""
        found: dict[str, Parcel] = {}
        for row in self._among(self._parcels, "parcels", "electronic_no", numbers):
            parcel = self._parcels.record(row)
            found.setdefault(parcel.electronic_no or "", parcel)
        return found

    def _among(
        self, mapper: Mapper[Any], table: str, column: str, values: Sequence[str]
    ) -> list[Any]:
        sql = (
            f"SELECT {mapper.columns()} FROM {table} WHERE deleted_at IS NULL "
            f"AND {column} IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        given = msgspec.json.encode(list(values)).decode()
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(sql, [given]).fetchall()
        return rows

    def _all(self, name: str, given: dict[str, Any]) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(_sql(name), given).fetchall()
        return rows
