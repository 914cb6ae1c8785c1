"""What was on record on an earlier day: rebuilt from the trail, whatever happened since."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.import_batches import undo_import
from landsteward.app.merging import merge_enterprises
from landsteward.app.occupancies import edit_occupancy, record_occupancy
from landsteward.app.past import (
    PastLine,
    PastSheet,
    Since,
    end_of,
    enterprise_past,
    just_before,
    looking_back,
    parcel_past,
)
from landsteward.app.register import (
    add_enterprise,
    edit_enterprise,
    edit_parcel,
    record_output_contract,
    record_progress,
    record_year,
)
from landsteward.app.register_sheets import enterprise_head
from landsteward.app.removals import Removable, bring_back, remove
from landsteward.app.unmerging import unmerge_enterprises
from landsteward.domain.errors import KnownError, RecordNotFoundError
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import RosterDesk, code

TABLES = (
    "enterprises",
    "parcels",
    "occupancies",
    "supply_contracts",
    "output_contracts",
    "yearly_metrics",
    "construction_progress",
    "land_standings",
    "not_the_same",
)
BY_ENTERPRISE = {
    "occupancies": "enterprise_id",
    "supply_contracts": "holder_id",
    "output_contracts": "enterprise_id",
    "yearly_metrics": "enterprise_id",
}
BY_PARCEL = (
    "occupancies",
    "supply_contracts",
    "output_contracts",
    "construction_progress",
    "land_standings",
)


def everything(office: Office, space: Any, enterprises: list[str]) -> dict[object, object]:
    """All there is, asked for in every way the use cases ask."""
    found: dict[object, object] = {table: getattr(space, table).where() for table in TABLES}
    for key in enterprises:
        found["one", key] = space.enterprises.find(key)
        found["stands for", key] = space.reports.merged_into(key)
        found["merged", key] = space.reports.merged_from(key)
        for table, column in BY_ENTERPRISE.items():
            found[table, key] = getattr(space, table).where(**{column: key})
            found[table, key, "count"] = getattr(space, table).count(**{column: key})
    for table in BY_PARCEL:
        found[table, "parcel"] = getattr(space, table).where(parcel_id=office.parcel.id)
    found["by id"] = space.reports.enterprises_by_id(enterprises)
    return found


def line(sheet: PastSheet, table: str) -> PastLine:
    (found,) = [one for one in sheet.lines if one.table == table]
    return found


def then_and_now(found: PastLine, name: str) -> tuple[object, object]:
    (value,) = [one for one in found.values if one.name == name]
    return value.then, value.now


class TestAsRecordedThen:
    def test_each_day_says_what_was_on_record_at_its_end(self, office: Office) -> None:
        ctx, key = office.carrier, office.enterprise.id
        for day, phone in ((2, "1"), (5, "2"), (9, "3")):
            office.clock.go_to(date(2026, 3, day))
            edit_enterprise(ctx, enterprise_id=key, phone=phone)
        office.clock.go_to(date(2026, 4, 1))
        for day, phone in ((2, "1"), (4, "1"), (5, "2"), (8, "2"), (9, "3"), (31, "3")):
            at = end_of(ctx, date(2026, 3, day))
            sheet = enterprise_past(ctx, enterprise_id=key, at=at)
            found = line(sheet, "enterprises")
            assert then_and_now(found, "phone") == (phone, "3")
            assert found.since is (Since.SAME if phone == "3" else Since.CHANGED)

    def test_a_record_that_was_not_there_yet_has_no_lines_and_says_since_when(
        self, office: Office
    ) -> None:
        ctx = office.carrier
        office.clock.go_to(date(2026, 5, 4))
        later = add_enterprise(ctx, name="后来的公司")
        sheet = enterprise_past(ctx, enterprise_id=later.id, at=end_of(ctx, date(2026, 5, 3)))
        assert sheet.lines == ()
        assert sheet.first is not None
        assert (sheet.first[0].date(), sheet.first[1]) == (date(2026, 5, 4), "柯专员")
        assert enterprise_past(ctx, enterprise_id=later.id, at=end_of(ctx, date(2026, 5, 4))).lines

    def test_lines_that_came_and_went_since_are_told_apart(self, office: Office) -> None:
        ctx, key = office.carrier, office.enterprise.id
        office.clock.go_to(date(2026, 3, 5))
        gone = record_year(ctx, enterprise_id=key, year=2023, tax_wan=Decimal(60))
        kept = record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(120))
        office.clock.go_to(date(2026, 3, 9))
        remove(ctx, kind=Removable.YEAR, record_id=gone.id)
        record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(150))
        new = record_year(ctx, enterprise_id=key, year=2025, tax_wan=Decimal(300))
        sheet = enterprise_past(ctx, enterprise_id=key, at=end_of(ctx, date(2026, 3, 6)))
        years = [one for one in sheet.lines if one.table == "yearly_metrics"]
        assert [(one.record.id, one.since) for one in years] == [
            (new.id, Since.NEW),
            (kept.id, Since.CHANGED),
            (gone.id, Since.GONE),
        ]
        # 120 and 150 万元 over 60 亩.
        assert then_and_now(years[1], "tax_per_mu") == (Decimal(2), Decimal("2.5"))

    def test_per_mu_values_are_divided_by_the_land_known_then(self, office: Office) -> None:
        ctx, key = office.carrier, office.enterprise.id
        record_year(ctx, enterprise_id=key, year=2025, tax_wan=Decimal(60))
        office.clock.go_to(date(2026, 3, 9))
        (used,) = office.workspace.occupancies.where()
        edit_occupancy(ctx, occupancy_id=used.id, area_m2=Decimal(20000))
        at = end_of(ctx, date(2026, 3, 8))
        then = line(enterprise_past(ctx, enterprise_id=key, at=at), "yearly_metrics")
        assert then_and_now(then, "tax_per_mu") == (Decimal(1), Decimal(2))
        assert then_and_now(then, "tax_wan") == (Decimal(60), Decimal(60))
        assert then.since is Since.CHANGED, "what they are divided by is not what it was"
        head = enterprise_head(looking_back(ctx, at), enterprise_id=key)
        assert head.years[0].indicators["tax_per_mu"].value == 1

    def test_on_record_and_in_use_on_that_day_are_two_things(self, office: Office) -> None:
        """Entered on 9 March: the lessee has been there since January."""
        ctx = office.carrier
        tenant = add_enterprise(ctx, name="租厂公司")
        office.clock.go_to(date(2026, 3, 9))
        record_occupancy(
            ctx,
            parcel_id=office.parcel.id,
            enterprise_id=tenant.id,
            from_on=date(2026, 1, 1),
            to_on=date(2026, 3, 20),
        )
        at = end_of(ctx, date(2026, 3, 5))
        sheet = parcel_past(ctx, parcel_id=office.parcel.id, at=at)
        assert [one.enterprise.id for one in sheet.used_then] == [office.enterprise.id]
        assert {one.enterprise.id for one in sheet.used_known} == {
            office.enterprise.id,
            tenant.id,
        }
        later = parcel_past(ctx, parcel_id=office.parcel.id, at=end_of(ctx, date(2026, 3, 21)))
        assert tenant.id not in [one.enterprise.id for one in later.used_known]

    def test_an_import_that_was_taken_back_was_there_in_between(
        self, office: Office, tmp_path: Path
    ) -> None:
        desk = RosterDesk(office.administrator, tmp_path)
        ctx = office.administrator
        office.clock.go_to(date(2026, 3, 5))
        result = desk.enterprises(
            (office.enterprise.name, office.enterprise.uscc, "食品", "是", "", "0558-7", ""),
            ("新公司", code(7), "食品", "是", "", "1", ""),
        )
        assert result.batch is not None
        (new,) = office.workspace.enterprises.where(uscc=code(7))
        office.clock.go_to(date(2026, 3, 9))
        undo_import(ctx, batch_id=result.batch.id)
        office.clock.go_to(date(2026, 3, 20))
        for day, phone, there in ((4, "", False), (6, "0558-7", True), (10, "", False)):
            at = end_of(ctx, date(2026, 3, day))
            known = line(
                enterprise_past(ctx, enterprise_id=office.enterprise.id, at=at), "enterprises"
            )
            assert then_and_now(known, "phone") == (phone, "")
            assert bool(enterprise_past(ctx, enterprise_id=new.id, at=at).lines) is there

    def test_a_merged_record_is_seen_with_all_it_had(self, office: Office) -> None:
        ctx = office.carrier
        twin = add_enterprise(ctx, name="另一个名字", phone="9")
        year = record_year(ctx, enterprise_id=twin.id, year=2024, tax_wan=Decimal(7))
        used = record_occupancy(
            ctx, parcel_id=office.parcel.id, enterprise_id=twin.id, area_m2=Decimal(5)
        )
        output = record_output_contract(ctx, parcel_id=office.parcel.id, enterprise_id=twin.id)
        office.clock.go_to(date(2026, 3, 9))
        merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=twin.id)
        trace = office.workspace.reversals.merge(twin.id)
        assert trace is not None
        sheet = enterprise_past(ctx, enterprise_id=twin.id, at=just_before(trace.at))
        assert {(one.table, one.record.id, one.since) for one in sheet.lines} == {
            ("enterprises", twin.id, Since.GONE),
            ("yearly_metrics", year.id, Since.GONE),
            ("occupancies", used.id, Since.GONE),
            ("output_contracts", output.id, Since.GONE),
        }
        assert then_and_now(line(sheet, "yearly_metrics"), "enterprise_id") == (
            twin.id,
            office.enterprise.id,
        )
        assert sheet.names[office.enterprise.id] == office.enterprise.name
        after = enterprise_past(ctx, enterprise_id=twin.id, at=trace.at)
        assert after.lines == ()

    def test_nothing_can_be_written_into_the_past(self, office: Office) -> None:
        back = looking_back(office.carrier, end_of(office.carrier, date(2026, 3, 2)))
        with pytest.raises(KnownError, match="only read"):
            edit_parcel(back, parcel_id=office.parcel.id, name="anders")
        for write in ("add", "save", "retire"):
            with pytest.raises(KnownError, match="only read"):
                getattr(back.workspace.parcels, write)(office.parcel)
        with pytest.raises(KnownError, match="only read"):
            back.workspace.parcels.add_many([office.parcel])
        assert office.workspace.parcels.get(office.parcel.id) == office.parcel

    def test_what_is_not_there_is_said_as_ever(self, office: Office) -> None:
        back = looking_back(office.carrier, end_of(office.carrier, date(2020, 1, 1)))
        with pytest.raises(RecordNotFoundError):
            back.workspace.parcels.get(office.parcel.id)
        with pytest.raises(TypeError, match="no_such"):
            back.workspace.parcels.where(no_such="x")


@dataclass
class Walk:
    """An office where something happens every few hours, and what was on record after each."""

    office: Office
    enterprises: list[str]
    years: list[str] = field(default_factory=list)
    seen: list[tuple[datetime, dict[object, object]]] = field(default_factory=list)

    def note(self) -> None:
        at = self.office.clock.now()
        self.seen.append((at, everything(self.office, self.office.workspace, self.enterprises)))

    def do(self, step: str, which: int, value: int) -> None:
        ctx, space = self.office.administrator, self.office.workspace
        self.office.clock._now += timedelta(hours=5)
        living = [key for key in self.enterprises if space.enterprises.find(key)]
        key = living[which % len(living)]
        other = self.enterprises[(which + 1) % len(self.enterprises)]
        parcel = self.office.parcel.id
        match step:
            case "edit":
                edit_enterprise(ctx, enterprise_id=key, phone=str(value))
            case "add":
                self.enterprises.append(add_enterprise(ctx, name=f"公司{value}号").id)
            case "year":
                made = record_year(
                    ctx, enterprise_id=key, year=2020 + value % 3, tax_wan=Decimal(value)
                )
                self.years.append(made.id)
            case "use":
                record_occupancy(ctx, parcel_id=parcel, enterprise_id=key)
            case "output":
                record_output_contract(ctx, parcel_id=parcel, enterprise_id=key)
            case "look":
                record_progress(ctx, parcel_id=parcel, observed_on=ctx.today())
            case "remove":
                remove(ctx, kind=Removable.YEAR, record_id=self.years[which % len(self.years)])
            case "bring back":
                bring_back(ctx, kind=Removable.YEAR, record_id=self.years[which % len(self.years)])
            case "merge":
                years = {one.year: key for one in space.yearly_metrics.where(enterprise_id=other)}
                merge_enterprises(ctx, stays_id=key, goes_id=other, years=years)
            case _:
                unmerge_enterprises(ctx, gone_id=other)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("edit", "add", "year", "year", "use", "output", "look", "remove"),
                *("bring back", "merge", "merge", "unmerge", "unmerge"),
            )
        ),
        st.integers(0, 9),
        st.integers(1, 400),
    ),
    min_size=5,
    max_size=25,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_happens_every_moment_can_be_looked_back_at(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    office = open_office(tmp_path_factory.mktemp("walk"))
    try:
        walk = Walk(office, [office.enterprise.id])
        walk.note()
        for step in steps:
            try:
                walk.do(*step)
            except (KnownError, ZeroDivisionError, IndexError):
                continue
            finally:
                walk.note()
        for at, seen in walk.seen:
            known = [key[1] for key in seen if isinstance(key, tuple) and key[0] == "one"]
            assert everything(office, office.workspace.as_of(at), known) == seen
        assert office.workspace.check().ok
    finally:
        office.workspace.close()
