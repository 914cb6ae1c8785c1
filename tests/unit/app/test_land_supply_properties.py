"""Imports of whatever rows in whatever order: nothing is doubled, nothing goes missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.importing import Outcome
from landsteward.app.language import Language, current_language, use_language
from tests.helpers.office import Office, open_office
from tests.helpers.sheets import supply, write_text
from tests.helpers.supply_desk import SupplyDesk


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> SupplyDesk:
    return SupplyDesk(office.land_inspector, tmp_path)


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
    max_size=8,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows_of_supplies)
def test_whatever_the_rows_each_ends_as_one_thing_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    office = open_office(folder)
    try:
        desk = SupplyDesk(office.land_inspector, folder)
        path = desk.sheet(*rows)
        first = desk.take(path)
        document = first.as_json()
        counted = document["created"] + document["updated"] + document["unchanged"]
        assert document["rows"] == len(rows)
        assert document["rows"] == counted + len({one["row"] for one in document["rejected"]})
        assert [row.row for row in first.outcomes] == list(range(2, len(rows) + 2))
        before = desk.everything()
        second = desk.take(path)
        assert not {Outcome.CREATED, Outcome.UPDATED} & {row.outcome for row in second.outcomes}
        assert desk.everything() == before
    finally:
        office.workspace.close()


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(months=st.lists(rows_of_supplies, min_size=2, max_size=3))
def test_whatever_the_files_each_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, months: list[list[list[object]]]
) -> None:
    folder = tmp_path_factory.mktemp("months")
    office = open_office(folder)
    try:
        desk = SupplyDesk(office.land_inspector, folder)
        paths = [
            write_text(folder / f"{number}.txt", [supply(9 + number), *rows])
            for number, rows in enumerate(months)
        ]
        for path in paths:
            desk.take(path)
        before = desk.everything()
        for path in paths:
            again = desk.take(path)
            assert not {Outcome.CREATED, Outcome.UPDATED} & {row.outcome for row in again.outcomes}
        assert desk.everything() == before
    finally:
        office.workspace.close()


@st.composite
def months_of_a_county(draw: st.DrawFn) -> list[list[list[object]]]:
    """Lists of up to four supplies, each list of one mind about area and place of a supply; some
    rows know neither its number nor its holder.
    """
    months = []
    for _ in range(draw(st.integers(2, 3))):
        rows = []
        for number in draw(st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True)):
            said: dict[str, object] = {
                "面积": draw(st.sampled_from(["2.5", "3"])),
                "项目位置": f"示例县开发区{number}号路{draw(st.sampled_from(['', '东侧']))}",
            }
            for _ in range(draw(st.integers(1, 2))):
                unknown = draw(
                    st.sampled_from([(), ("电子监管号",), ("电子监管号", "土地使用权人")])
                )
                rows.append(supply(number, **said, **dict.fromkeys(unknown, "")))
        months.append(rows)
    return months


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(months=months_of_a_county())
def test_later_editions_of_lists_known_already_make_no_supply_anew(
    tmp_path_factory: pytest.TempPathFactory, months: list[list[list[object]]]
) -> None:
    """A list comes again with one row more: another file, but nothing new of what it had."""
    folder = tmp_path_factory.mktemp("editions")
    office = open_office(folder)
    try:
        desk = SupplyDesk(office.land_inspector, folder)
        for number, rows in enumerate(months):
            desk.take(write_text(folder / f"{number}.txt", [supply(9 + number), *rows]))
        for number, rows in enumerate(months):
            edition = [supply(9 + number), *rows, supply(20 + number)]
            again = desk.take(write_text(folder / f"{number}-again.txt", edition))
            *known, fresh = again.outcomes
            assert fresh.outcome is Outcome.CREATED
            assert Outcome.CREATED not in {row.outcome for row in known}
        assert desk.ctx.workspace.check().ok
    finally:
        office.workspace.close()
