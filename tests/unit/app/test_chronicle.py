"""经过 of enterprises and parcels: every change with its values, in portions that lose nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from landsteward.app.chronicle import (
    ChronicleFilter,
    ChroniclePart,
    OccurrenceKind,
    enterprise_chronicle,
    parcel_chronicle,
)
from landsteward.app.import_batches import undo_import
from landsteward.app.merging import merge_enterprises
from landsteward.app.register import (
    add_enterprise,
    edit_enterprise,
    edit_parcel,
    edit_supply,
    record_year,
)
from landsteward.app.removals import Removable, remove
from landsteward.app.unmerging import unmerge_enterprises
from landsteward.app.views import HistoryPart, RecordChange
from tests.helpers.casework import opened
from tests.helpers.office import Office
from tests.helpers.roster_desk import RosterDesk


def read(office: Office, only: ChronicleFilter | None = None) -> ChroniclePart:
    return enterprise_chronicle(office.reader, enterprise_id=office.enterprise.id, only=only)


def values(part: ChroniclePart, at: int = 0) -> list[RecordChange]:
    return [one for entry in part.occurrences[at].entries for one in entry.changes]


def test_a_sitting_is_one_line_from_the_first_value_to_the_last(office: Office) -> None:
    ctx, key = office.carrier, office.enterprise.id
    for phone, note in (("1", ""), ("12", "甲"), ("123", "甲乙")):
        edit_enterprise(ctx, enterprise_id=key, phone=phone, note=note)
    office.clock.pass_days(1)
    edit_enterprise(ctx, enterprise_id=key, phone="9")
    part = read(office)
    assert values(part) == [RecordChange(record_id=key, values=(("phone", "123", "9"),))]
    assert values(part, 1) == [
        RecordChange(record_id=key, values=(("phone", "", "123"), ("note", "", "甲乙")))
    ]
    assert part.occurrences[0].actor == "柯专员"


def test_what_belongs_to_it_is_told_with_what_it_is_about(office: Office) -> None:
    ctx, key = office.carrier, office.enterprise.id
    year = record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(5))
    (supply,) = office.workspace.supply_contracts.where()
    edit_supply(ctx, contract_id=supply.id, actual_completion_on=date(2023, 8, 1))
    part = read(office)
    assert values(part)[0].values == (("actual_completion_on", None, "2023-08-01"),)
    assert part.lines[supply.id].label == supply.electronic_no
    assert part.names[part.lines[supply.id].parcel_id] == office.parcel.name
    assert part.lines[year.id].label == "2024"
    assert dict((name, after) for name, _before, after in values(part, 1)[0].values) == {
        "enterprise_id": key,
        "year": 2024,
        "tax_wan": "5",
    }


def test_what_was_taken_out_says_what_it_was(office: Office) -> None:
    year = record_year(
        office.carrier, enterprise_id=office.enterprise.id, year=2024, tax_wan=Decimal(5)
    )
    remove(office.carrier, kind=Removable.YEAR, record_id=year.id)
    part = read(office)
    (entry,) = part.occurrences[0].entries
    assert entry.action == "retire"
    assert ("tax_wan", "5", None) in values(part)[0].values


def test_imports_are_named_with_their_key_also_taken_back(office: Office, tmp_path: Path) -> None:
    desk = RosterDesk(office.administrator, tmp_path)
    one = office.enterprise
    result = desk.enterprises((one.name, one.uscc, "食品", "是", "", "0558-7", ""))
    assert result.batch is not None
    undo_import(office.administrator, batch_id=result.batch.id)
    edit_enterprise(office.carrier, enterprise_id=one.id, phone="1")
    part = read(office, ChronicleFilter.IMPORTS)
    assert [(found.kind, found.batch_id, found.batch) for found in part.occurrences] == [
        (OccurrenceKind.IMPORT_UNDONE, result.batch.id, result.batch.file_name),
        (OccurrenceKind.IMPORT, result.batch.id, result.batch.file_name),
    ]


def test_a_merging_is_told_on_the_page_of_the_one_that_stays(office: Office) -> None:
    ctx, key = office.carrier, office.enterprise.id
    twin = add_enterprise(ctx, name="另一个名字", phone="9")
    record_year(ctx, enterprise_id=twin.id, year=2024, tax_wan=Decimal(5))
    office.clock.pass_days(1)
    merge_enterprises(ctx, stays_id=key, goes_id=twin.id)
    (merge, *_before) = read(office).occurrences
    assert (merge.kind, merge.other_id) == (OccurrenceKind.MERGE, twin.id)
    assert {entry.table for entry in merge.entries} == {"enterprises", "yearly_metrics"}
    assert read(office).names[twin.id] == "另一个名字"
    office.clock.pass_days(1)
    unmerge_enterprises(ctx, gone_id=twin.id)
    undone, merge, *_before = read(office).occurrences
    assert (undone.kind, undone.other_id) == (OccurrenceKind.UNMERGE, twin.id)
    assert (merge.kind, merge.other_id) == (OccurrenceKind.MERGE, twin.id)
    # What the other one was on its own is told on its own page.
    own = enterprise_chronicle(office.reader, enterprise_id=twin.id)
    assert own.occurrences[0].other_id == key
    assert [one.kind for one in own.occurrences[:2]] == [
        OccurrenceKind.UNMERGE,
        OccurrenceKind.MERGE,
    ]


def test_kinds_are_told_apart(office: Office) -> None:
    record_year(office.carrier, enterprise_id=office.enterprise.id, year=2024)
    opened(office)
    for only, tables in (
        (ChronicleFilter.FACTS, {"enterprises"}),
        (ChronicleFilter.LAND, {"occupancies"}),
        (ChronicleFilter.CONTRACTS, {"supply_contracts"}),
        (ChronicleFilter.FIGURES, {"yearly_metrics"}),
        (ChronicleFilter.CASES, {"cases"}),
    ):
        part = read(office, only)
        found = {entry.table for one in part.occurrences for entry in one.entries}
        assert found == tables, only


def test_portions_together_are_the_whole_and_no_sitting_is_torn(office: Office) -> None:
    ctx, key = office.carrier, office.enterprise.id
    for number in range(40):
        if number % 7 == 0:
            office.clock.pass_days(1)
        edit_enterprise(ctx, enterprise_id=key, phone=str(number))
        if number % 5 == 0:
            record_year(ctx, enterprise_id=key, year=2000 + number, tax_wan=Decimal(number))
    reports = office.workspace.reports
    keys = office.workspace.chronicle.enterprise_keys(key)
    whole = reports.history(keys)
    for most in (2, 7, 11, 40, 500):
        parts = []
        before: int | None = None
        while part := reports.history(keys, HistoryPart(before=before, most=most)):
            parts += part
            before = part[-1].seq
        if most > 2:
            assert parts == whole
        # A sitting longer than a portion is torn, but no value is lost between the pieces.
        steps = [
            (value[1], value[2])
            for one in reversed(parts)
            for change in one.changes
            for value in change.values
            if value[0] == "phone"
        ]
        assert (steps[0][0], steps[-1][1]) == ("", "39")
        assert [after for _before, after in steps[:-1]] == [first for first, _after in steps[1:]]


def test_a_parcel_tells_of_itself_and_all_that_hangs_on_it(office: Office) -> None:
    edit_parcel(office.carrier, parcel_id=office.parcel.id, area_m2=Decimal(41000))
    part = parcel_chronicle(office.reader, parcel_id=office.parcel.id)
    assert values(part)[0].values == (("area_m2", "40000", "41000"),)
    found = {entry.table for one in part.occurrences for entry in one.entries}
    assert found == {"parcels", "supply_contracts", "occupancies"}


def test_a_record_that_went_to_another_is_still_told_of(office: Office) -> None:
    """A supply whose holder was corrected belonged here once."""
    other = add_enterprise(office.carrier, name="另一家")
    (supply,) = office.workspace.supply_contracts.where()
    with office.carrier.change():
        office.workspace.supply_contracts.save(replace(supply, holder_id=other.id))
    part = read(office)
    assert values(part)[0].values == (("holder_id", office.enterprise.id, other.id),)
    assert part.names[other.id] == "另一家"


def test_what_once_moved_is_found_by_its_index(office: Office) -> None:
    session = office.workspace._session  # type: ignore[attr-defined]
    from db.chronicle import MOVED

    plan = session.conn.execute(f"EXPLAIN QUERY PLAN {MOVED}", ["x"]).fetchall()
    assert "change_log_moved" in plan[0][-1]
