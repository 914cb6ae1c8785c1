"""Search and figures of lists follow the trail: at once what is little, later what is much."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.workspace import create_workspace, open_workspace
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.register import Enterprise, Occupancy, Parcel, SupplyContract, YearlyMetrics
from landsteward.domain.states import OrganisationKind, Role, Tenure
from tests.unit.db.conftest import ACTOR, MOMENT, Desk

MANY = 700


def found(desk: Desk, kind: ListKind, text: str) -> list[str]:
    return desk.workspace.lists.ids(kind, ListFilter(text=text), Sort(column="name"))


def follow_all(desk: Desk) -> None:
    while desk.workspace.derived.follow(lambda: False):
        pass


@pytest.fixture
def flooded(desk: Desk) -> Desk:
    """A workspace into which more came at once than is followed at once."""
    with desk.change():
        desk.workspace.enterprises.add_many(
            Enterprise(id=f"m-{number:04d}", name=f"第{number}机械厂", name_key=str(number))
            for number in range(MANY)
        )
        desk.workspace.yearly_metrics.add_many(
            YearlyMetrics(
                id=f"y-{number:04d}",
                enterprise_id=f"m-{number:04d}",
                year=2025,
                land_area_m2=Decimal(10_000),
                tax_wan=Decimal(15 * number),
                grade="A",
            )
            for number in range(MANY)
        )
    return desk


def test_much_is_followed_a_little_at_a_time(flooded: Desk) -> None:
    derived = flooded.workspace.derived
    assert derived.waiting() >= 2 * MANY
    assert found(flooded, ListKind.ENTERPRISES, "机械") == []
    steps = 0
    while derived.follow(lambda: False):
        steps += 1
    assert steps > 10
    assert len(found(flooded, ListKind.ENTERPRISES, "机械")) == MANY
    assert derived.waiting() == 0


def test_what_somebody_looks_at_does_not_wait(flooded: Desk) -> None:
    (row,) = flooded.workspace.lists.rows(ListKind.ENTERPRISES, ["m-0007"])
    assert (row.cells["grade"], row.cells["tax_wan_per_mu"]) == ("A", "7.0000")


def test_a_small_change_behind_a_large_one_is_found_at_once(flooded: Desk) -> None:
    late = flooded.enterprise("后来食品")
    assert found(flooded, ListKind.ENTERPRISES, "后来") == [late.id]
    assert found(flooded, ListKind.ENTERPRISES, "机械") == []
    follow_all(flooded)
    assert len(found(flooded, ListKind.ENTERPRISES, "机械")) == MANY


def test_following_goes_on_after_the_file_was_closed(flooded: Desk) -> None:
    flooded.workspace.derived.follow(lambda: False)
    flooded.reopen()
    follow_all(flooded)
    assert len(found(flooded, ListKind.ENTERPRISES, "机械")) == MANY
    assert flooded.workspace.check().ok


def test_who_only_reads_leaves_everything_as_it_is(flooded: Desk) -> None:
    flooded.workspace.close()
    reader = open_workspace(flooded.path, read_only=True)
    try:
        assert reader.derived.waiting() >= 2 * MANY
        assert reader.derived.follow(lambda: True) == 0
        assert reader.lists.rows(ListKind.ENTERPRISES, ["m-0007"])[0].cells["grade"] is None
    finally:
        reader.close()
        flooded.workspace = open_workspace(flooded.path)


def test_a_parcel_is_found_by_who_holds_or_uses_it_whatever_they_are_called_now(desk: Desk) -> None:
    holder, lessee = desk.enterprise("古井酒业"), desk.enterprise("芍花食品")
    parcel = desk.parcel("一号地块")
    with desk.change():
        desk.workspace.supply_contracts.add(
            SupplyContract(id="s", parcel_id=parcel.id, identity="x", holder_id=holder.id)
        )
        desk.workspace.occupancies.add(
            Occupancy(id="o", parcel_id=parcel.id, enterprise_id=lessee.id, tenure=Tenure.LESSEE)
        )
    for text in ("古井", "gjjy", "芍花", "shaohua"):
        assert found(desk, ListKind.PARCELS, text) == [parcel.id], text
    with desk.change():
        desk.workspace.enterprises.save(replace(holder, name="新名酒业"))
        desk.workspace.occupancies.retire("o")
    assert found(desk, ListKind.PARCELS, "新名") == [parcel.id]
    assert found(desk, ListKind.PARCELS, "古井") == []
    assert found(desk, ListKind.PARCELS, "芍花") == []
    (row,) = desk.workspace.lists.rows(ListKind.PARCELS, [parcel.id])
    assert row.cells["holder"] == "新名酒业"


def test_land_changes_with_the_calendar(tmp_path: Path) -> None:
    day = MOMENT

    path = tmp_path / "园区.lsw"
    workspace = create_workspace(path, now=lambda: day)
    desk = Desk(path, workspace)
    _people(desk)
    firm, parcel = desk.enterprise("甲厂"), desk.parcel("一号", area_m2=Decimal(900))
    with desk.change():
        workspace.occupancies.add(
            Occupancy(
                id="o",
                parcel_id=parcel.id,
                enterprise_id=firm.id,
                area_m2=Decimal(900),
                to_on=day.date() + timedelta(days=10),
            )
        )

    def land() -> tuple[object, object]:
        follow_all(desk)
        (row,) = workspace.lists.rows(ListKind.ENTERPRISES, [firm.id])
        (plot,) = workspace.lists.rows(ListKind.PARCELS, [parcel.id])
        return row.cells["area_m2"], plot.cells["holder"]

    assert land() == ("900", "甲厂")
    day += timedelta(days=10)
    assert land() == ("900", "甲厂")
    day += timedelta(days=1)
    assert land() == (None, None)
    workspace.close()


# Following is starting anew, whatever happened in whatever order.

_KEPT = ("enterprise_figures", "parcel_figures", "enterprise_order", "parcel_order")
_NAMES = st.sampled_from(["古井酒业", "芍花食品", "安泰", "新井"])
_DAYS = st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1))
_AREAS = st.none() | st.integers(1, 9000).map(Decimal)
_WHO = st.integers(0, 2)
_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("name"), _WHO, _NAMES),
        st.tuples(st.just("gone"), _WHO),
        st.tuples(st.just("supply"), _WHO, _WHO | st.none(), _DAYS, _AREAS),
        st.tuples(st.just("hand over"), st.integers(0, 5), _WHO),
        st.tuples(st.just("use"), _WHO, _WHO, st.sampled_from(Tenure), _AREAS, _DAYS, _DAYS),
        st.tuples(st.just("leave"), st.integers(0, 5)),
        st.tuples(st.just("year"), _WHO, st.integers(2023, 2026), _AREAS, _AREAS),
        st.tuples(st.just("area"), _WHO, _AREAS),
    ),
    max_size=12,
)


@given(_CHANGES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_following_says_what_starting_anew_says(
    changes: list[tuple[object, ...]], together: bool
) -> None:
    with _desk() as desk:
        if together:
            with desk.change():
                for number, change in enumerate(changes):
                    _apply(desk, number, change)
        else:
            for number, change in enumerate(changes):
                with desk.change():
                    _apply(desk, number, change)
        assert desk.workspace.derived.waiting() == 0
        followed = _derived(desk)
        desk.db.execute("UPDATE derived_state SET up_to = 0")
        for name in _KEPT:
            desk.db.execute(f"DELETE FROM {name}")
        for name in ("enterprise_search", "parcel_search", "case_search"):
            desk.db.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
        follow_all(desk)
        assert _derived(desk) == followed


@given(_CHANGES)
@settings(max_examples=30, deadline=None)
def test_a_kept_order_is_the_order_of_the_list_itself(changes: list[tuple[object, ...]]) -> None:
    with _desk() as desk:
        for number, change in enumerate(changes):
            with desk.change():
                _apply(desk, number, change)
        lists, derived = desk.workspace.lists, desk.workspace.derived
        for kind in (ListKind.ENTERPRISES, ListKind.PARCELS):
            for column in derived.orders.shown(kind):
                for descending in (False, True):
                    sort = Sort(column=column, descending=descending)
                    kept = lists.ids(kind, ListFilter(), sort)
                    # While something waits to be followed, the list's own query is asked.
                    desk.db.execute("UPDATE derived_state SET up_to = up_to - 1")
                    assert derived.waiting() == 1
                    assert lists.ids(kind, ListFilter(), sort) == kept, sort
                    desk.db.execute("UPDATE derived_state SET up_to = up_to + 1")


def _apply(desk: Desk, number: int, change: tuple[object, ...]) -> None:
    space = desk.workspace
    what, *rest = change
    firms, plots = space.enterprises.where(), space.parcels.where()
    match what, rest:
        case "name", [int(who), str(name)]:
            space.enterprises.save(replace(firms[who % len(firms)], name=name))
        case "gone", [int(who)] if len(firms) > 1:
            space.enterprises.retire(firms[who % len(firms)].id)
        case "supply", [int(plot), who, day, area]:
            space.supply_contracts.add(
                SupplyContract(
                    id=f"s-{number}",
                    parcel_id=plots[plot].id,
                    identity=str(number),
                    holder_id=firms[who % len(firms)].id if isinstance(who, int) else None,
                    signed_on=day if isinstance(day, date) else None,
                    area_m2=area if isinstance(area, Decimal) else None,
                )
            )
        case "hand over", [int(which), int(who)]:
            supplies = space.supply_contracts.where()
            if supplies:
                chosen = supplies[which % len(supplies)]
                space.supply_contracts.save(replace(chosen, holder_id=firms[who % len(firms)].id))
        case "use", [int(plot), int(who), Tenure() as tenure, area, begun, ended]:
            space.occupancies.add(
                Occupancy(
                    id=f"o-{number}",
                    parcel_id=plots[plot].id,
                    enterprise_id=firms[who % len(firms)].id,
                    tenure=tenure,
                    area_m2=area if isinstance(area, Decimal) else None,
                    from_on=begun if isinstance(begun, date) else None,
                    to_on=ended if isinstance(ended, date) else None,
                )
            )
        case "leave", [int(which)]:
            used = space.occupancies.where()
            if used:
                space.occupancies.retire(used[which % len(used)].id)
        case "year", [int(who), int(year), tax, land]:
            firm = firms[who % len(firms)].id
            if not space.yearly_metrics.where(enterprise_id=firm, year=year):
                space.yearly_metrics.add(
                    YearlyMetrics(
                        id=f"y-{number}",
                        enterprise_id=firm,
                        year=year,
                        tax_wan=tax if isinstance(tax, Decimal) else None,
                        land_area_m2=land if isinstance(land, Decimal) else None,
                        grade="ABCD"[year % 4],
                    )
                )
        case "area", [int(plot), area]:
            space.parcels.save(
                replace(plots[plot], area_m2=area if isinstance(area, Decimal) else None)
            )


def _derived(desk: Desk) -> list[list[tuple[object, ...]]]:
    """Figures as they are kept, and what every word finds."""
    figures = [desk.db.execute(f"SELECT * FROM {name} ORDER BY nr").fetchall() for name in _KEPT]
    words = [
        (kind, text, tuple(sorted(found(desk, kind, text))))
        for kind in (ListKind.ENTERPRISES, ListKind.PARCELS)
        for text in ("古井", "井", "芍花", "安", "gj", "新", "一号", "2", "酒业")
    ]
    return [*figures, [(*one,) for one in words]]


@contextmanager
def _desk() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "园区.lsw"
        workspace = create_workspace(path, now=lambda: MOMENT)
        desk = Desk(path, workspace)
        try:
            _people(desk)
            with desk.change():
                for number, name in enumerate(("甲厂", "乙厂", "丙厂")):
                    workspace.enterprises.add(
                        Enterprise(id=f"e-{number}", name=name, name_key=name)
                    )
                    workspace.parcels.add(Parcel(id=f"p-{number}", name=f"{number}号地块"))
            yield desk
        finally:
            workspace.close()


def _people(desk: Desk) -> None:
    with desk.change():
        desk.workspace.organisations.add(
            Organisation(id="org-1", kind=OrganisationKind.DEPARTMENT, name="自然资源局")
        )
        desk.workspace.people.add(
            Person(id=ACTOR, organisation_id="org-1", name="张三", role=Role.INSPECTOR)
        )
