"""Imports begun and not done: kept with everything that was said of them."""

from pathlib import Path

import pytest

from landsteward.app.rosters_begun import (
    BegunImport,
    begun_import,
    begun_imports,
    drop_begun,
    keep_begun,
)
from landsteward.app.rosters_layouts import forget_layout, remember_layout, remembered_layouts
from landsteward.app.rosters_plan import Decision, Mode, Options
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind
from landsteward.domain.errors import RefusedMoveError
from tests.helpers.office import Office

BEGUN = BegunImport(
    path=Path("/sheets/名录.xlsx"),
    kind=RosterKind.METRICS,
    correction=Correction(
        sheet="表二",
        header_row=3,
        columns={2: ColumnChoice(field="tax_wan", unit="元", year=2023), 4: ColumnChoice(field="")},
        year=2022,
    ),
    options=Options(
        mode=Mode.ASK,
        decisions={5: Decision.SKIP, 9: Decision.UPDATE},
        keep_codes={"911101085513850820": "原件如此"},
    ),
    sha256="abc",
)


def test_everything_that_was_said_is_kept(office: Office) -> None:
    keep_begun(office.carrier, begun=BEGUN)
    assert begun_import(office.carrier, path=BEGUN.path) == BEGUN
    assert begun_import(office.carrier, path=Path("/sheets/another.xlsx")) is None


def test_the_one_begun_last_is_first_and_saying_more_keeps_its_place(office: Office) -> None:
    other = BegunImport(path=Path("/sheets/b.xlsx"), kind=RosterKind.PARCELS)
    keep_begun(office.carrier, begun=BEGUN)
    keep_begun(office.carrier, begun=other)
    keep_begun(office.carrier, begun=BEGUN)
    found = begun_imports(office.carrier)
    assert [begun for begun, _at in found] == [other, BEGUN]
    assert found[1][1] > found[0][1], "worked on later"


def test_what_is_dropped_is_forgotten(office: Office) -> None:
    keep_begun(office.carrier, begun=BEGUN)
    drop_begun(office.carrier, path=Path("/sheets/another.xlsx"))
    assert len(begun_imports(office.carrier)) == 1
    drop_begun(office.carrier, path=BEGUN.path)
    assert begun_imports(office.carrier) == []
    assert begun_import(office.carrier, path=BEGUN.path) is None


def test_of_very_many_the_oldest_are_forgotten(office: Office) -> None:
    for number in range(23):
        one = BegunImport(path=Path(f"/sheets/{number}.xlsx"), kind=RosterKind.PARCELS)
        keep_begun(office.carrier, begun=one)
    names = [begun.path.stem for begun, _at in begun_imports(office.carrier)]
    assert names == [str(number) for number in range(22, 2, -1)]
    assert office.workspace.setting("import.begun//sheets/2.xlsx") == "", "no heap of old ones"


def test_a_kind_that_a_newer_program_began_is_left_alone(office: Office) -> None:
    ctx = office.carrier
    keep_begun(ctx, begun=BEGUN)
    key = f"import.begun/{BEGUN.path}"
    text = ctx.workspace.setting(key)
    assert text is not None
    with ctx.change():
        ctx.workspace.set_setting(key, text.replace('"metrics"', '"of another kind"'))
    assert begun_imports(ctx) == []


def test_who_may_not_import_begins_nothing(office: Office) -> None:
    with pytest.raises(RefusedMoveError):
        keep_begun(office.reader, begun=BEGUN)


class TestLayouts:
    KIND = RosterKind.ENTERPRISES

    def test_what_was_remembered_of_other_columns_stays(self, office: Office) -> None:
        ctx = office.carrier
        first = Correction(columns={1: ColumnChoice(field="name"), 2: ColumnChoice(field="note")})
        later = Correction(columns={2: ColumnChoice(field="phone")})
        remember_layout(ctx, kind=self.KIND, layout="x", correction=first)
        remember_layout(ctx, kind=self.KIND, layout="x", correction=later)
        assert remembered_layouts(ctx, kind=self.KIND) == {
            "x": Correction(columns={1: ColumnChoice(field="name"), 2: ColumnChoice(field="phone")})
        }

    def test_one_is_forgotten_and_no_other(self, office: Office) -> None:
        ctx = office.carrier
        correction = Correction(columns={1: ColumnChoice(field="name")})
        for layout in ("x", "y"):
            remember_layout(ctx, kind=self.KIND, layout=layout, correction=correction)
        forget_layout(ctx, kind=self.KIND, layout="x")
        forget_layout(ctx, kind=self.KIND, layout="z")
        assert remembered_layouts(ctx, kind=self.KIND) == {"y": correction}
        assert remembered_layouts(ctx, kind=RosterKind.PARCELS) == {}
