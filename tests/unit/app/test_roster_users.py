"""Rosters of parcels with who holds and who leases them: found, made, recorded once, never lost."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.import_batches import undo_import
from landsteward.app.importing import Outcome
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.merging import merge_enterprises
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import add_enterprise, add_parcel
from landsteward.app.rosters import RosterResult
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.register import Enterprise, Occupancy, Parcel
from landsteward.domain.states import EnterpriseKind, Tenure
from tests.helpers.office import Office, open_office
from tests.helpers.roster_desk import RosterDesk, code, outcomes, reasons, said, unit_code

HEADER = (
    "宗地名称",
    "不动产单元号",
    "面积(公顷)",
    "土地使用权人",
    "统一社会信用代码",
    "分摊面积(公顷)",
    "取得日期",
    "承租人",
    "租赁面积(公顷)",
    "起租日期",
    "租赁到期日期",
)
FIRST, SECOND = "甲虚构食品有限公司", "乙虚构药业有限公司"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> RosterDesk:
    return RosterDesk(office.carrier, tmp_path)


def parcel(number: int = 1, /, **cells: Any) -> list[object]:
    """A row under HEADER: 2 公顷, and what is said besides, by header without its unit."""
    row: dict[str, object] = dict.fromkeys(HEADER, "")
    row |= {"宗地名称": f"{number}号地", "不动产单元号": unit_code(number), "面积(公顷)": "2"}
    for name, value in cells.items():
        row[next(label for label in HEADER if label.split("(")[0] == name)] = value
    return list(row.values())


def take(desk: RosterDesk, *rows: list[object], **options: Any) -> RosterResult:
    return desk.take(RosterKind.PARCELS, desk.sheet(HEADER, rows), **options)


def known(desk: RosterDesk, number: int = 1) -> Parcel:
    found = desk.ctx.workspace.parcels.first(unit_code=unit_code(number))
    assert found is not None
    return found


def users(desk: RosterDesk, number: int = 1) -> list[tuple[str, Occupancy]]:
    """Everybody on a parcel, by name."""
    space = desk.ctx.workspace
    return [
        (space.enterprises.get(one.enterprise_id).name, one)
        for one in space.occupancies.where(parcel_id=known(desk, number).id)
    ]


def enterprise(desk: RosterDesk, name: str) -> Enterprise:
    (found,) = desk.ctx.workspace.enterprises.where(name=name)
    return found


class TestHolders:
    def test_an_unknown_holder_is_made_with_the_parcel_it_owns(self, desk: RosterDesk) -> None:
        row = parcel(土地使用权人=FIRST, 统一社会信用代码=code(1), 取得日期="2021-03-15")
        result = take(desk, row)
        assert outcomes(result) == ["created"]
        made = enterprise(desk, FIRST)
        assert (made.uscc, made.kind) == (code(1), EnterpriseKind.ORGANISATION)
        assert result.batch is not None
        assert made.batch_id == result.batch.id
        ((name, owner),) = users(desk)
        assert (name, owner.tenure) == (FIRST, Tenure.OWNER)
        assert (owner.area_m2, owner.from_on) == (Decimal(20000), date(2021, 3, 15))

    def test_holders_are_found_by_code_then_name_and_made_once(self, desk: RosterDesk) -> None:
        coded = add_enterprise(desk.ctx, name="旧名有限公司", uscc=code(1))
        named = add_enterprise(desk.ctx, name=SECOND)
        result = take(
            desk,
            parcel(1, 土地使用权人=FIRST, 统一社会信用代码=code(1)),
            parcel(2, 土地使用权人="乙虚构药业 有限公司"),
            parcel(3, 土地使用权人="丙虚构公司", 统一社会信用代码=code(3)),
            parcel(4, 土地使用权人="丙虚构公司"),
        )
        assert outcomes(result) == ["created"] * 4
        assert "On record under this code: 旧名有限公司." in said(result)
        held_by = [users(desk, number)[0][1].enterprise_id for number in (1, 2, 3, 4)]
        assert held_by[:2] == [coded.id, named.id]
        assert held_by[2] == held_by[3] == enterprise(desk, "丙虚构公司").id

    def test_a_merged_holder_leads_to_the_one_that_stayed(self, desk: RosterDesk) -> None:
        goes = add_enterprise(desk.ctx, name=FIRST)
        stays = add_enterprise(desk.ctx, name=SECOND)
        merge_enterprises(desk.ctx, stays_id=stays.id, goes_id=goes.id)
        result = take(desk, parcel(土地使用权人=FIRST))
        assert users(desk)[0][1].enterprise_id == stays.id
        assert f"It was merged and is on record as {SECOND}." in said(result)

    def test_a_bad_code_refuses_the_row_under_its_own_column(self, desk: RosterDesk) -> None:
        wrong = "911101085513850820"
        row = parcel(土地使用权人=FIRST, 统一社会信用代码=wrong)
        ((number, column, _why),) = reasons(take(desk, row))
        assert (number, column) == (2, "统一社会信用代码")
        assert not desk.ctx.workspace.enterprises.where(name=FIRST)
        take(desk, row, options=Options(keep_codes={wrong: "执照上如此"}))
        assert enterprise(desk, FIRST).uscc_reason == "执照上如此"

    def test_persons_and_cells_that_name_nobody(self, desk: RosterDesk) -> None:
        result = take(desk, parcel(1, 土地使用权人="王样本"), parcel(2, 土地使用权人="个人"))
        assert outcomes(result) == ["created", "created"]
        assert enterprise(desk, "王样本").kind is EnterpriseKind.PERSON
        assert users(desk, 2) == []
        assert "This names nobody: left out." in said(result)

    def test_a_name_that_several_bear_needs_the_code(self, desk: RosterDesk) -> None:
        add_enterprise(desk.ctx, name=FIRST, uscc=code(1))
        add_enterprise(desk.ctx, name=FIRST, uscc=code(2))
        ((_, column, why),) = reasons(take(desk, parcel(土地使用权人=FIRST)))
        assert (column, why) == (
            "土地使用权人",
            "2 on record have this name: give the credit code.",
        )

    def test_a_parcel_on_record_gets_its_holder(self, desk: RosterDesk) -> None:
        add_parcel(desk.ctx, name="1号地", unit_code=unit_code(1), area_m2=Decimal(20000))
        assert outcomes(take(desk, parcel(土地使用权人=FIRST))) == ["updated"]
        ((name, owner),) = users(desk)
        assert (name, owner.area_m2) == (FIRST, Decimal(20000))

    def test_the_same_rows_again_add_nobody(self, desk: RosterDesk) -> None:
        row = parcel(土地使用权人=FIRST, 承租人=SECOND, 租赁面积="1", 起租日期="2023-01-01")
        take(desk, row)
        before = users(desk)
        assert outcomes(take(desk, row, parcel(2))) == ["unchanged", "created"]
        assert users(desk) == before

    def test_a_holder_whose_term_ends_one_day_is_the_holder_until_then(
        self, desk: RosterDesk
    ) -> None:
        add_parcel(desk.ctx, name="1号地", unit_code=unit_code(1), area_m2=Decimal(20000))
        holder = add_enterprise(desk.ctx, name=FIRST)
        record_occupancy(
            desk.ctx, parcel_id=known(desk).id, enterprise_id=holder.id, to_on=date(2071, 3, 14)
        )
        assert outcomes(take(desk, parcel(土地使用权人=FIRST))) == ["unchanged"]
        assert len(users(desk)) == 1

    def test_a_changed_holder_is_said_and_the_one_before_kept(self, desk: RosterDesk) -> None:
        take(desk, parcel(土地使用权人=FIRST, 取得日期="2021-03-15"))
        result = take(desk, parcel(土地使用权人=SECOND, 取得日期="2024-07-01"))
        assert outcomes(result) == ["updated"]
        assert f"On record until now: {FIRST}. It becomes: {SECOND}." in said(result)
        assert f"{FIRST} held it until 2024-06-30." in said(result)
        held = {name: (one.from_on, one.to_on) for name, one in users(desk)}
        assert held == {
            FIRST: (date(2021, 3, 15), date(2024, 6, 30)),
            SECOND: (date(2024, 7, 1), None),
        }

    def test_without_a_day_only_who_holds_it_is_corrected(self, desk: RosterDesk) -> None:
        take(desk, parcel(土地使用权人=FIRST, 取得日期="2021-03-15"))
        result = take(desk, parcel(土地使用权人=SECOND))
        assert f"On record until now: {FIRST}. It becomes: {SECOND}." in said(result)
        ((name, owner),) = users(desk)
        assert (name, owner.from_on, owner.to_on) == (SECOND, date(2021, 3, 15), None)

    @pytest.mark.parametrize("mode", [Mode.SKIP, Mode.ASK])
    def test_holder_and_lessee_are_held_back_like_every_change(
        self, desk: RosterDesk, mode: Mode
    ) -> None:
        take(desk, parcel(土地使用权人=FIRST))
        before = users(desk)
        rows = [parcel(土地使用权人=SECOND, 承租人="丁虚构公司")]
        path = desk.sheet(HEADER, rows)
        held = desk.take(RosterKind.PARCELS, path, options=Options(mode=mode))
        assert outcomes(held) == ["unchanged" if mode is Mode.SKIP else "rejected"]
        assert users(desk) == before
        assert not desk.ctx.workspace.enterprises.where(name=SECOND)
        (differing,) = held.known
        assert [(one.field, one.before, one.after) for one in differing.differences] == [
            ("holder", FIRST, SECOND),
            ("lessee", "", "丁虚构公司"),
        ]
        if mode is Mode.ASK:
            decided = Options(mode=mode, decisions={2: Decision.UPDATE})
            desk.take(RosterKind.PARCELS, path, options=decided)
            assert [name for name, _ in users(desk)] == [SECOND, "丁虚构公司"]

    def test_the_holder_of_all_has_all_of_a_corrected_area(self, desk: RosterDesk) -> None:
        take(desk, parcel(土地使用权人=FIRST))
        take(desk, parcel(面积="3"))
        assert users(desk)[0][1].area_m2 == Decimal(30000)

    def test_several_holders_need_their_shares(self, desk: RosterDesk) -> None:
        shared = take(
            desk,
            parcel(土地使用权人=FIRST, 分摊面积="1.5"),
            parcel(土地使用权人=SECOND, 分摊面积="0.5"),
        )
        assert outcomes(shared) == ["created", "updated"]
        areas = {name: one.area_m2 for name, one in users(desk)}
        assert areas == {FIRST: Decimal(15000), SECOND: Decimal(5000)}
        bare = take(desk, parcel(2, 土地使用权人=FIRST), parcel(2, 土地使用权人=SECOND))
        assert outcomes(bare) == ["created", "rejected"]
        assert reasons(bare) == [(3, "土地使用权人", "Row 2, of the same record, says otherwise.")]
        # Who of several on record is no longer one, no roster can say.
        third = take(desk, parcel(土地使用权人="丁虚构公司"))
        assert outcomes(third) == ["unchanged"]
        assert any("several hold it" in one for one in said(third))
        assert {name for name, _ in users(desk)} == {FIRST, SECOND}


class TestLessees:
    def test_each_row_of_a_parcel_may_name_another_one(self, desk: RosterDesk) -> None:
        result = take(
            desk,
            parcel(土地使用权人=FIRST, 承租人=SECOND, 租赁面积="0.5", 起租日期="2023-01-01"),
            parcel(土地使用权人=FIRST, 承租人="丙虚构公司", 租赁面积="0.3"),
        )
        assert outcomes(result) == ["created", "updated"]
        leased = {
            name: (one.area_m2, one.from_on)
            for name, one in users(desk)
            if one.tenure is Tenure.LESSEE
        }
        assert leased == {
            SECOND: (Decimal(5000), date(2023, 1, 1)),
            "丙虚构公司": (Decimal(3000), None),
        }

    def test_whoever_uses_land_of_its_own_leases_nothing(self, desk: RosterDesk) -> None:
        take(desk, parcel(土地使用权人=FIRST, 承租人=FIRST))
        take(desk, parcel(承租人=FIRST))
        assert [one.tenure for _, one in users(desk)] == [Tenure.OWNER]

    def test_a_lessee_that_now_holds_the_land_is_asked_about(self, desk: RosterDesk) -> None:
        take(desk, parcel(承租人=FIRST))
        result = take(desk, parcel(土地使用权人=FIRST))
        assert f"On record {FIRST} leases it: has the lease ended?" in said(result)

    def test_a_lease_that_ended_is_known_again_and_a_new_one_stands_beside(
        self, desk: RosterDesk
    ) -> None:
        ended: dict[str, Any] = {
            "承租人": SECOND,
            "起租日期": "2018-01-01",
            "租赁到期日期": "2020-12-31",
        }
        take(desk, parcel(**ended))
        assert outcomes(take(desk, parcel(**ended), parcel(2))) == ["unchanged", "created"]
        again: dict[str, Any] = {"承租人": SECOND, "起租日期": "2022-01-01"}
        assert outcomes(take(desk, parcel(**again))) == ["updated"]
        assert [(one.from_on, one.to_on) for _, one in users(desk)] == [
            (date(2018, 1, 1), date(2020, 12, 31)),
            (date(2022, 1, 1), None),
        ]

    def test_what_is_said_of_a_lease_is_filled_in_and_overwritten(self, desk: RosterDesk) -> None:
        take(desk, parcel(承租人=SECOND))
        take(desk, parcel(承租人=SECOND, 租赁面积="0.5", 起租日期="2023-01-01"))
        result = take(desk, parcel(承租人=SECOND, 租赁面积="0.6"))
        assert "On record until now: 5000 m². It becomes: 6000 m²." in said(result)
        ((_, lease),) = users(desk)
        assert (lease.area_m2, lease.from_on) == (Decimal(6000), date(2023, 1, 1))

    def test_rows_that_contradict_each_other_and_leases_that_end_before_they_begin(
        self, desk: RosterDesk
    ) -> None:
        result = take(
            desk,
            parcel(承租人=SECOND, 租赁面积="0.5"),
            parcel(承租人=SECOND, 租赁面积="0.6"),
            parcel(2, 承租人=SECOND, 起租日期="2023-01-01", 租赁到期日期="2022-01-01"),
        )
        assert outcomes(result) == ["created", "rejected", "rejected"]
        assert [(row, column) for row, column, _ in reasons(result)] == [
            (3, "租赁面积(公顷)"),
            (4, "租赁到期日期"),
        ]


def test_users_go_with_the_batch(desk: RosterDesk) -> None:
    old = add_parcel(desk.ctx, name="1号地", unit_code=unit_code(1))
    holder = add_enterprise(desk.ctx, name=FIRST)
    record_occupancy(desk.ctx, parcel_id=old.id, enterprise_id=holder.id)
    space = desk.ctx.workspace

    def everything() -> list[list[Any]]:
        stores: list[Any] = [space.enterprises, space.parcels, space.occupancies]
        return [store.where() for store in stores]

    before = everything()
    result = take(
        desk,
        parcel(1, 土地使用权人=SECOND, 取得日期="2024-07-01", 承租人="丙虚构公司"),
        parcel(2, 土地使用权人="丁虚构公司"),
    )
    assert everything() != before
    assert result.batch is not None
    undo_import(desk.ctx, batch_id=result.batch.id)
    assert everything() == before
    assert space.check().ok


holders = st.sampled_from(["", FIRST, SECOND, "王样本", "个人"])
lessees = st.sampled_from(["", "丙虚构公司", "丁虚构公司", "个人"])
days = st.sampled_from(["", "2021-03-15", "2023-01-01"])
areas = st.sampled_from(["", "0.5", "1"])
rows_of_parcels = st.lists(
    st.builds(
        parcel,
        st.integers(1, 2),
        土地使用权人=holders,
        分摊面积=areas,
        取得日期=days,
        承租人=lessees,
        租赁面积=areas,
        起租日期=days,
    ),
    min_size=1,
    max_size=6,
)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=rows_of_parcels, second=rows_of_parcels)
def test_whatever_the_rows_nobody_is_doubled_and_the_same_again_is_nothing_new(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[list[object]],
    second: list[list[object]],
) -> None:
    folder = tmp_path_factory.mktemp("users")
    office = open_office(folder)
    try:
        desk = RosterDesk(office.carrier, folder)
        for rows in (first, second):
            result = take(desk, *rows)
            assert [one.row for one in result.outcomes] == list(range(2, len(rows) + 2))
            held = desk.ctx.workspace.occupancies.where()
            running = [one for one in held if one.to_on is None]
            keys = {(one.parcel_id, one.enterprise_id, one.tenure) for one in running}
            assert len(keys) == len(running)
        # The same rows in another file: what was taken says nothing new.
        taken = [
            row
            for row, one in zip(second, result.outcomes, strict=True)
            if one.outcome is not Outcome.REJECTED
        ]
        before = desk.ctx.workspace.occupancies.where()
        again = take(desk, *taken, parcel(9))
        assert [one.outcome for one in again.outcomes[:-1]] == [Outcome.UNCHANGED] * len(taken)
        assert desk.ctx.workspace.occupancies.where() == before
    finally:
        office.workspace.close()
