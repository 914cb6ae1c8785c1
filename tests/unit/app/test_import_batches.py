"""Taking an import back whole: everything is as it was before, or the import stays."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from landsteward.app.cases import open_case
from landsteward.app.import_batches import (
    import_batches,
    import_record,
    import_records,
    imports_of_file,
    obstacles_to_undo,
    undo_import,
)
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import edit_enterprise, edit_supply, record_year
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from tests.helpers.office import Office
from tests.helpers.roster_desk import ENTERPRISES, RosterDesk, code, outcomes
from tests.helpers.sheets import supply
from tests.helpers.supply_desk import SupplyDesk


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    return RosterDesk(office.carrier, tmp_path)


@pytest.fixture
def supplies(office: Office, tmp_path: Path) -> SupplyDesk:
    return SupplyDesk(office.carrier, tmp_path)


def company(name: str, uscc: str, phone: str = "") -> list[object]:
    return [name, uscc, "", "", "", phone, ""]


def batch_of(result: Any) -> str:
    assert result.batch is not None
    return str(result.batch.id)


def test_what_was_added_goes_and_what_was_changed_is_as_before(desk: RosterDesk) -> None:
    desk.enterprises(company("甲", code(1), "1"), company("乙", code(2), "1"))
    before = desk.everything()
    result = desk.enterprises(
        company("甲新", code(1), "2"), company("丙", code(3)), company("丁", "bad")
    )
    assert outcomes(result) == ["updated", "created", "rejected"]
    done = undo_import(desk.ctx, batch_id=batch_of(result))
    assert (done.removed, done.restored) == (1, 1)
    assert desk.everything() == before
    assert desk.ctx.workspace.check().ok


def test_the_same_file_can_be_imported_again(desk: RosterDesk) -> None:
    path = desk.sheet(ENTERPRISES, [company("甲", code(1)), company("乙", "")])
    first = desk.take(RosterKind.ENTERPRISES, path)
    undo_import(desk.ctx, batch_id=batch_of(first))
    again = desk.take(RosterKind.ENTERPRISES, path)
    assert outcomes(again) == ["created", "created"]
    assert [one.id for one in import_batches(desk.ctx)] == [batch_of(again)]


def test_land_supply_too(supplies: SupplyDesk) -> None:
    supplies.run(supply(1), supply(2))
    before = supplies.everything()
    result = supplies.run(supply(1, 面积="9"), supply(3, 土地使用权人="新来的虚构公司"))
    done = undo_import(supplies.ctx, batch_id=batch_of(result))
    assert done.removed > 0
    assert done.restored > 0
    assert supplies.everything() == before
    assert supplies.ctx.workspace.check().ok


def test_an_import_is_taken_back_once(desk: RosterDesk) -> None:
    batch = batch_of(desk.enterprises(company("甲", code(1))))
    undo_import(desk.ctx, batch_id=batch)
    for unknown in (batch, "nothing"):
        with pytest.raises(RecordNotFoundError):
            undo_import(desk.ctx, batch_id=unknown)


class TestRefusals:
    def refused(self, desk: RosterDesk, batch: str) -> str:
        before = desk.everything()
        with pytest.raises(RefusedMoveError) as error:
            undo_import(desk.ctx, batch_id=batch)
        assert desk.everything() == before
        assert obstacles_to_undo(desk.ctx, batch_id=batch)
        return error.value.where

    def test_a_later_change(self, desk: RosterDesk) -> None:
        batch = batch_of(desk.enterprises(company("甲公司", code(1))))
        (made,) = desk.ctx.workspace.enterprises.where(name="甲公司")
        edit_enterprise(desk.ctx, enterprise_id=made.id, phone="2")
        assert "甲公司 was changed after the import." in self.refused(desk, batch)

    def test_a_case(self, desk: RosterDesk) -> None:
        batch = batch_of(desk.enterprises(company("甲公司", code(1))))
        (made,) = desk.ctx.workspace.enterprises.where(name="甲公司")
        case = open_case(desk.ctx, enterprise_id=made.id, parcel_id=None)
        assert f"甲公司 has the case {case.case_no}." in self.refused(desk, batch)

    def test_figures_and_land_that_came_later(self, office: Office, desk: RosterDesk) -> None:
        batch = batch_of(desk.enterprises(company("甲公司", code(1)), company("乙公司", code(2))))
        found = {one.name: one for one in desk.ctx.workspace.enterprises.where()}
        record_year(desk.ctx, enterprise_id=found["甲公司"].id, year=2024, tax_wan=Decimal(1))
        record_occupancy(desk.ctx, parcel_id=office.parcel.id, enterprise_id=found["乙公司"].id)
        where = self.refused(desk, batch)
        assert "甲公司 has figures of 2024." in where
        assert "乙公司 has land or users recorded since." in where

    def test_a_later_import_goes_first(self, desk: RosterDesk) -> None:
        first = batch_of(desk.enterprises(company("甲公司", code(1))))
        second = batch_of(desk.enterprises(company("甲公司", code(1), "3")))
        self.refused(desk, first)
        undo_import(desk.ctx, batch_id=second)
        undo_import(desk.ctx, batch_id=first)
        assert not import_batches(desk.ctx)

    def test_a_supply_that_was_corrected(self, supplies: SupplyDesk, desk: RosterDesk) -> None:
        batch = batch_of(supplies.run(supply(1)))
        (contract,) = supplies.ctx.workspace.supply_contracts.where(batch_id=batch)
        edit_supply(supplies.ctx, contract_id=contract.id, actual_start_on=date(2021, 12, 1))
        assert "was changed after the import." in self.refused(desk, batch)


def test_stopping_leaves_everything_as_it_was(desk: RosterDesk) -> None:
    class Stop(Exception):
        pass

    rows = [company(f"第{number}公司", code(number)) for number in range(1200)]
    batch = batch_of(desk.enterprises(*rows))
    before = desk.everything()

    def progress(done: int, _total: int) -> None:
        if done > 0:
            raise Stop

    with pytest.raises(Stop):
        undo_import(desk.ctx, batch_id=batch, progress=progress)
    assert desk.everything() == before


def test_the_history_of_a_record_names_its_imports(desk: RosterDesk) -> None:
    first = desk.enterprises(company("甲公司", code(1)))
    (made,) = desk.ctx.workspace.enterprises.where(name="甲公司")
    edit_enterprise(desk.ctx, enterprise_id=made.id, phone="手改")
    second = desk.enterprises(company("甲公司", code(1), "3"))
    undo_import(desk.ctx, batch_id=batch_of(second))
    history = desk.ctx.workspace.reports.history([made.id])
    files = [one.batch.file_name for one in (first, second) if one.batch is not None]
    assert [(one.action, one.batch, one.batch_undone) for one in history] == [
        ("change", files[1], True),
        ("change", files[1], False),
        ("change", "", False),
        ("add", files[0], False),
    ]


def test_what_was_taken_back_is_still_told_with_who_did_it(
    desk: RosterDesk, office: Office
) -> None:
    first = desk.enterprises(company("甲", code(1)))
    second = desk.enterprises(company("乙", code(2)))
    lead = RosterDesk(office.land_lead, desk.folder)
    undo_import(lead.ctx, batch_id=batch_of(first))
    found = import_records(desk.ctx)
    assert [one.batch for one in found] == [second.batch, first.batch]
    assert [(one.by, one.taken_back_by) for one in found] == [
        ("柯专员", ""),
        ("柯专员", "鲁负责"),
    ]
    standing, withdrawn = found
    assert standing.taken_back_at is None
    assert withdrawn.taken_back_at is not None
    assert withdrawn.taken_back_at > withdrawn.batch.imported_at
    assert import_record(desk.ctx, batch_id=batch_of(first)) == withdrawn
    assert import_batches(desk.ctx) == [second.batch]


def test_an_undo_that_is_refused_or_stopped_is_not_told(desk: RosterDesk) -> None:
    result = desk.enterprises(company("甲", code(1)))

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        undo_import(desk.ctx, batch_id=batch_of(result), progress=stop)
    (one,) = desk.ctx.workspace.enterprises.where(uscc=code(1))
    edit_enterprise(desk.ctx, enterprise_id=one.id, phone="2")
    with pytest.raises(RefusedMoveError):
        undo_import(desk.ctx, batch_id=batch_of(result))
    assert [record.taken_back_at for record in import_records(desk.ctx)] == [None]


def test_imports_of_a_file_are_those_that_stand(desk: RosterDesk) -> None:
    result = desk.enterprises(company("甲", code(1)))
    assert result.batch is not None
    sha256 = result.batch.sha256
    assert [one.batch for one in imports_of_file(desk.ctx, sha256=sha256)] == [result.batch]
    assert imports_of_file(desk.ctx, sha256="another") == []
    undo_import(desk.ctx, batch_id=batch_of(result))
    assert imports_of_file(desk.ctx, sha256=sha256) == []
    with pytest.raises(RecordNotFoundError):
        import_record(desk.ctx, batch_id="nowhere")
