"""Land supply through the same steps as every roster: looked at, corrected, remembered, decided."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import add_parcel, edit_parcel
from landsteward.app.rosters_layouts import remember_layout
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind
from landsteward.domain.register import SupplyContract
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.office import Office, open_office
from tests.helpers.sheets import HEADER, supply, write_xlsx
from tests.helpers.supply_desk import SupplyDesk, outcomes

KIND = RosterKind.LAND_SUPPLY
ASK = Options(mode=Mode.ASK)
SKIP = Options(mode=Mode.SKIP)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> SupplyDesk:
    return SupplyDesk(office.land_inspector, tmp_path)


def contract(desk: SupplyDesk, number: int) -> SupplyContract:
    found = desk.ctx.workspace.supply_contracts.first(identity=f"3499992021B{number:05d}")
    assert found is not None
    return found


def test_a_sheet_is_looked_at_before_it_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "month.xlsx", [supply(1)], title=[["2021年3月供地结果"]])
    seen = RosterSheets().look(path, KIND)
    assert (seen.header_row, seen.header_lines, seen.missing) == (2, 1, ())
    fields = {one.label: (one.field, one.unit, one.unit_said) for one in seen.columns}
    assert fields["面积(公顷)"] == ("area_m2", "公顷", True)
    assert fields["土地使用权人"] == ("holder", "", True)
    assert fields["约定开工时间"] == ("agreed_start_on", "", True)
    offers = {one.field: one for one in seen.offers}
    assert offers["area_m2"].units[:1] == ("公顷",)
    assert offers["holder"].name == "土地使用权人"
    assert [one.row for one in seen.preview] == [1, 2, 3]


def test_columns_are_given_by_hand_and_remembered_by_the_layout(
    desk: SupplyDesk, tmp_path: Path
) -> None:
    header = ["监管号", "谁", "在哪", "多大", "签订日期"]
    row = ["3499992021B00001", "虚构食品有限公司", "示例县开发区1号路", "37.5", "2021-03-15"]
    path = write_xlsx(tmp_path / "a.xlsx", [row], header=header)
    columns = {
        1: ColumnChoice(field="holder"),
        2: ColumnChoice(field="location"),
        3: ColumnChoice(field="area_m2", unit="亩"),
    }
    given = Correction(header_row=1, columns=columns)
    assert outcomes(desk.take(path, correction=given)) == ["created"]
    made = contract(desk, 1)
    assert made.area_m2 == Decimal(25000)
    space = desk.ctx.workspace
    assert space.enterprises.get(made.holder_id or "").name == "虚构食品有限公司"
    assert space.parcels.get(made.parcel_id).location == "示例县开发区1号路"

    seen = RosterSheets().look(path, KIND, given)
    remember_layout(desk.ctx, kind=KIND, layout=seen.layout, correction=given)
    later = [row[0].replace("00001", "00002"), *row[1:3], "15", row[4]]
    result = desk.take(write_xlsx(tmp_path / "b.xlsx", [later], header=header, title=[["四月"]]))
    assert result.seen.remembered
    assert contract(desk, 2).area_m2 == Decimal(10000)


def test_the_same_file_read_otherwise_says_something_new(desk: SupplyDesk) -> None:
    path = desk.sheet(supply(1, 面积="37.5"))
    desk.take(path)
    at = HEADER.index("面积(公顷)")
    mu = Correction(columns={at: ColumnChoice(field="area_m2", unit="亩")})
    assert outcomes(desk.take(path, correction=mu)) == ["updated"]
    assert contract(desk, 1).area_m2 == Decimal(25000)
    assert outcomes(desk.take(path, correction=mu)) == ["unchanged"]


def test_skip_leaves_supply_parcel_and_owner_as_they_are(desk: SupplyDesk) -> None:
    desk.run(supply(1, 实际开工时间=""))
    before = desk.everything()
    result = desk.run(
        supply(1, 面积="9", 土地用途="仓储", 土地使用权人="乙虚构公司", 实际开工时间="2021/12/1"),
        supply(2),
        options=SKIP,
    )
    assert outcomes(result) == ["unchanged", "created"]
    after = desk.everything()
    for kind in ("enterprises", "parcels", "contracts", "occupancies"):
        assert [one for one in after[kind] if one in before[kind]] == before[kind]
    assert not [one for one in after["enterprises"] if one.name == "乙虚构公司"]
    (said,) = [str(note.reason) for note in result.warnings if "left as it is" in str(note.reason)]
    for column in ("面积(公顷)", "土地用途", "土地使用权人", "实际开工时间"):
        assert column in said


def test_ask_says_what_differs_and_waits_for_a_decision(desk: SupplyDesk) -> None:
    desk.run(supply(1), supply(2), supply(3))
    rows = [
        supply(1, 面积="3", 土地使用权人="乙虚构公司", 实际开工时间="2021/12/1"),
        supply(2, 土地级别="五级"),
        supply(3),
        supply(4),
    ]
    path = desk.sheet(*rows)
    plan = desk.plan(path, options=ASK)
    assert outcomes(plan) == ["rejected", "rejected", "unchanged", "created"]
    first, second = plan.known
    assert (first.row, first.name) == (2, "虚构食品有限公司 · 示例县开发区1号路")
    assert [(one.column, one.before, one.after) for one in first.differences] == [
        ("土地使用权人", "虚构食品有限公司", "乙虚构公司"),
        ("面积(公顷)", "25000 m²", "30000 m²"),
        ("实际开工时间", "", "2021-12-01"),
    ]
    assert [one.column for one in second.differences] == ["土地级别"]
    decided = Options(mode=Mode.ASK, decisions={2: Decision.UPDATE, 3: Decision.SKIP})
    assert outcomes(desk.take(path, options=decided)) == [
        "updated",
        "unchanged",
        "unchanged",
        "created",
    ]
    assert contract(desk, 1).area_m2 == Decimal(30000)
    assert contract(desk, 2).land_grade == "四级"


def test_a_parcel_that_differs_from_its_supply_is_shown_with_both(desk: SupplyDesk) -> None:
    desk.run(supply(1))
    edit_parcel(desk.ctx, parcel_id=contract(desk, 1).parcel_id, area_m2=Decimal(26000))
    (known,) = desk.plan(desk.sheet(supply(1, 面积="3")), options=ASK).known
    assert [(one.before, one.after) for one in known.differences] == [
        ("25000 m²", "30000 m²"),
        ("26000 m²", "30000 m²"),
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_a_new_supply_on_a_parcel_on_record_says_what_gives_way(
    desk: SupplyDesk, mode: Mode
) -> None:
    parcel = add_parcel(
        desk.ctx, name="老地块", electronic_no="3499992021B00001", area_m2=Decimal(26000)
    )
    result = desk.run(supply(1), options=Options(mode=mode))
    assert outcomes(result) == ["created"]
    now = desk.ctx.workspace.parcels.get(parcel.id)
    (said,) = [str(note.reason) for note in result.warnings]
    if mode is Mode.UPDATE:
        assert said == "On record until now: 26000 m². It becomes: 25000 m²."
        assert (now.area_m2, now.location) == (Decimal(25000), "示例县开发区1号路")
    else:
        assert now == parcel
        assert said.startswith("老地块 is on record and was left as it is")


@pytest.mark.parametrize("mode", [Mode.SKIP, Mode.ASK])
def test_a_second_row_of_a_supply_is_held_back_like_the_first(desk: SupplyDesk, mode: Mode) -> None:
    desk.run(supply(1, 土地级别=""))
    before = contract(desk, 1)
    nothing_new, filled = supply(1, 土地级别=""), supply(1, 土地级别="五级")
    result = desk.run(nothing_new, filled, options=Options(mode=mode))
    expected = {Mode.SKIP: "unchanged", Mode.ASK: "rejected"}
    assert outcomes(result) == ["unchanged", expected[mode]]
    assert contract(desk, 1) == before


rows_of_supplies = st.lists(
    st.builds(
        supply,
        st.integers(1, 4),
        面积=st.sampled_from(["2.5", "3", "", "很大"]),
        土地使用权人=st.sampled_from(["甲虚构公司", "王样本", "", "Nah"]),
        电子监管号=st.sampled_from(["3499992021B00001", "3499992021B00002", ""]),
        实际开工时间=st.sampled_from(["", "2021/12/1", "某日"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=rows_of_supplies, second=rows_of_supplies, mode=st.sampled_from([Mode.SKIP, Mode.ASK]))
def test_without_a_decision_nothing_on_record_changes(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[list[object]],
    second: list[list[object]],
    mode: Mode,
) -> None:
    folder = tmp_path_factory.mktemp("held")
    office = open_office(folder)
    try:
        desk = SupplyDesk(office.land_inspector, folder)
        desk.run(*first)
        before = desk.everything()
        held = desk.run(*second, options=Options(mode=mode))
        after = desk.everything()
        for kind in ("enterprises", "parcels", "contracts", "occupancies"):
            assert [one for one in after[kind] if one in before[kind]] == before[kind]
        document = held.as_json()
        taken = document["created"] + document["updated"] + document["unchanged"]
        assert len(second) == taken + len({one["row"] for one in document["rejected"]})
        if mode is Mode.ASK:
            asked = {one.row for one in held.known}
            assert asked <= {one["row"] for one in document["rejected"]}
    finally:
        office.workspace.close()
