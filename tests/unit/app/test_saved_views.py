"""Named views: kept for everybody who opens the workspace."""

import pytest

from landsteward.app.list_filters import choices_of, without_each
from landsteward.app.register import add_enterprise, record_year
from landsteward.app.saved_views import SavedView, delete_view, rename_view, save_view, views_of
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.errors import KnownError, RefusedMoveError
from tests.helpers.office import Office

NAME = Sort(column="name")
VIEW = SavedView(
    name="D类逾期",
    text="机械",
    chosen={Facet.GRADE: ("D", ""), Facet.FLAG: ("overdue",)},
    sort=Sort(column="grade", descending=True),
    columns='{"name": [true, 120]}',
)


def test_a_view_comes_back_as_it_was_for_a_colleague(office: Office) -> None:
    save_view(office.carrier, of="enterprises", view=VIEW)
    assert views_of(office.land_inspector, of="enterprises") == [VIEW]
    assert views_of(office.land_inspector, of="parcels") == []


def test_saving_under_a_known_name_replaces_it(office: Office) -> None:
    save_view(office.carrier, of="enterprises", view=VIEW)
    other = SavedView(name=" D类逾期 ", sort=NAME)
    assert save_view(office.carrier, of="enterprises", view=other).name == "D类逾期"
    assert [one.text for one in views_of(office.carrier, of="enterprises")] == [""]


def test_views_are_renamed_and_deleted(office: Office) -> None:
    for name in ("乙", "甲"):
        save_view(office.carrier, of="parcels", view=SavedView(name=name, sort=NAME))
    with pytest.raises(RefusedMoveError, match="already"):
        rename_view(office.carrier, of="parcels", name="甲", to="乙")
    rename_view(office.carrier, of="parcels", name="甲", to="丙")
    assert [one.name for one in views_of(office.carrier, of="parcels")] == ["丙", "乙"]
    delete_view(office.carrier, of="parcels", name="丙")
    assert [one.name for one in views_of(office.carrier, of="parcels")] == ["乙"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_name_is_short_and_there(office: Office, name: str) -> None:
    with pytest.raises(KnownError, match="name"):
        save_view(office.carrier, of="parcels", view=SavedView(name=name, sort=NAME))


def test_what_may_be_chosen_is_what_there_is(office: Office) -> None:
    record_year(office.carrier, enterprise_id=office.enterprise.id, year=2025, grade="B")
    choices = choices_of(office.carrier, kind=ListKind.ENTERPRISES)
    assert [one.name for one in choices[Facet.CARRIER]] == ["示例园区管委会", ""]
    assert [one.value for one in choices[Facet.GRADE]] == ["B", ""]
    assert choices[Facet.YEAR] == ()
    parcels = choices_of(office.carrier, kind=ListKind.PARCELS)
    assert [one.value for one in parcels[Facet.YEAR]] == ["2021"]
    assert Flag.NO_HOLDER.value in [one.value for one in parcels[Facet.FLAG]]
    assert choices_of(office.carrier, kind=ListKind.REJECTS) == {}


def test_only_parts_that_hide_everything_are_named(office: Office) -> None:
    add_enterprise(office.carrier, name="无等级厂")
    record_year(office.carrier, enterprise_id=office.enterprise.id, year=2025, grade="B")
    wanted = ListFilter(text="机械", chosen={Facet.GRADE: ("",), Facet.FLAG: ("no_case",)})
    found = without_each(office.carrier, kind=ListKind.ENTERPRISES, wanted=wanted, sort=NAME)
    assert [(one.part, one.count) for one in found] == [(None, 1), (Facet.GRADE, 1)]
