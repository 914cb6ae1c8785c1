"""Boundaries in the register: matched, kept, compared with contracts and neighbours, handed out."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.boundaries import (
    BoundaryImport,
    boundary_sheet,
    export_boundaries,
    import_boundaries,
    plan_boundary_import,
)
from landsteward.app.boundaries_file import BoundaryFormat
from landsteward.app.import_batches import undo_import
from landsteward.app.importing import Outcome
from landsteward.app.register import add_parcel, edit_parcel
from landsteward.domain.boundaries import Extent
from landsteward.domain.errors import InputFileError, KnownError
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.office import Office, open_office

FILES = GeometryFiles()
UNIT_CODE = "341602001002GB00003F00010001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    here = open_office(tmp_path)
    yield here
    here.workspace.close()


def file(folder: Path, *plots: list[str], name: str = "界址点.txt", system: str = "") -> Path:
    path = folder / name
    header = head(system=system) if system else head()
    path.write_text(text(header, *plots), "utf-8")
    return path


def bring_in(office: Office, path: Path, **how: object) -> BoundaryImport:
    return import_boundaries(office.administrator, path=path, files=FILES, **how)  # type: ignore[arg-type]


def parcel(office: Office, name: str, **fields: object) -> str:
    return add_parcel(office.administrator, name=name, **fields).id  # type: ignore[arg-type]


def test_each_plot_finds_its_parcel_by_number_or_name(office: Office, tmp_path: Path) -> None:
    by_unit = parcel(office, "一号", unit_code=UNIT_CODE)
    by_number = parcel(office, "二号", electronic_no="3416022026B00002")
    by_name = parcel(office, "三号")
    path = file(
        tmp_path,
        plot(square(), number=UNIT_CODE[:19], name="随便"),
        plot(square(east=200), number="3416022026b00002", name="随便"),
        plot(square(east=400), number="", name="三号"),
        plot(square(east=600), number="X", name="没有的"),
    )
    planned = plan_boundary_import(office.administrator, path=path, files=FILES)
    assert office.workspace.parcel_boundaries.count() == 0
    done = bring_in(office, path)
    assert done.as_json() == planned.as_json()
    assert [one.parcel.id if one.parcel else None for one in done.plots] == [
        by_unit,
        by_number,
        by_name,
        None,
    ]
    document = done.as_json()
    assert (document["rows"], document["created"]) == (4, 3)
    (reject,) = document["rejected"]
    assert (reject["row"], reject["value"]) == (31, "没有的")
    (kept,) = office.workspace.import_rejects.where(batch_id=done.batch.id if done.batch else "")
    assert dict(kept.cells)["地块名称"] == "没有的"


def test_the_same_file_again_changes_nothing_and_a_later_one_takes_its_place(
    office: Office, tmp_path: Path
) -> None:
    key = parcel(office, "一号")
    path = file(tmp_path, plot(square(), name="一号"))
    bring_in(office, path)
    batches = office.workspace.import_batches.count()
    again = bring_in(office, path)
    assert [one.outcome for one in again.plots] == [Outcome.UNCHANGED]
    assert office.workspace.import_batches.count() == batches
    first = office.workspace.parcel_boundaries.first(parcel_id=key)
    bring_in(office, file(tmp_path, plot(square(50), name="一号", area="0.25"), name="b.txt"))
    (second,) = office.workspace.parcel_boundaries.where(parcel_id=key)
    assert first is not None
    assert (second.id, second.area_m2) == (first.id, Decimal(2_500))
    assert office.workspace.check().ok


def test_what_is_ambiguous_is_refused_and_said(office: Office, tmp_path: Path) -> None:
    parcel(office, "同名")
    parcel(office, "同名")
    parcel(office, "一号")
    done = bring_in(
        office,
        file(
            tmp_path,
            plot(square(), number="", name="同名"),
            plot(square(), number="", name="一号"),
            plot(square(), number="", name="一号"),
        ),
    )
    assert [one.outcome for one in done.plots] == [Outcome.REJECTED] * 3
    reasons = [str(note.reason) for note in done.refused]
    assert reasons[0].startswith("It may mean 2 parcels")
    assert all(reason.startswith("Several plots") for reason in reasons[1:])
    assert office.workspace.parcel_boundaries.count() == 0


def test_parcels_are_made_only_where_asked_for(office: Office, tmp_path: Path) -> None:
    path = file(
        tmp_path,
        plot(square(), number=UNIT_CODE, name="新地块"),
        plot(square(), number=UNIT_CODE, name="又一次"),
    )
    before = office.workspace.parcels.count()
    bring_in(office, path)
    assert office.workspace.parcels.count() == before
    done = bring_in(office, path, new_parcels=True)
    assert [one.outcome for one in done.plots] == [Outcome.CREATED, Outcome.REJECTED]
    made = office.workspace.parcels.first(unit_code=UNIT_CODE)
    assert made is not None
    assert (made.name, made.area_m2, made.land_use) == ("新地块", Decimal(10_000), "工业用地")


def test_a_parcel_may_be_given_for_a_file_of_one_plot(office: Office, tmp_path: Path) -> None:
    one = file(tmp_path, plot(square(), name="别的名字"))
    done = bring_in(office, one, parcel_id=office.parcel.id)
    assert done.plots[0].parcel == office.parcel
    two = file(tmp_path, plot(square()), plot(square()), name="two.txt")
    with pytest.raises(InputFileError):
        bring_in(office, two, parcel_id=office.parcel.id)


def test_deviation_from_the_contract_beyond_the_tolerance(office: Office, tmp_path: Path) -> None:
    key = parcel(office, "一号", area_m2=Decimal(10_050))
    bring_in(office, file(tmp_path, plot(square(), name="一号")))
    sheet = boundary_sheet(office.administrator, parcel_id=key, files=FILES)
    assert sheet is not None
    assert sheet.deviation is not None
    assert not sheet.deviation.beyond
    edit_parcel(office.administrator, parcel_id=key, area_m2=Decimal(10_500))
    sheet = boundary_sheet(office.administrator, parcel_id=key, files=FILES)
    assert sheet is not None
    assert sheet.deviation is not None
    assert sheet.deviation.beyond
    assert not sheet.deviation.by_contract
    assert round(sheet.deviation.percent, 2) == Decimal("-4.76")


def test_overlaps_by_true_outlines_across_systems_and_beyond_the_tolerance(
    office: Office, tmp_path: Path
) -> None:
    names = ("一号", "二号", "三号", "四号", "五号")
    keys = {name: parcel(office, name) for name in names}
    done = bring_in(
        office,
        file(
            tmp_path,
            plot(square(), number="", name="一号"),
            # 20 × 100 m shared, in the other system of the same zone.
            plot(square(east=80, prefix=True), number="", name="二号"),
            # Shares a side and no land.
            plot(square(north=100), number="", name="三号"),
            # Its box meets the first one's, its triangle does not.
            plot(
                [square(100, east=95)[0], square(100, east=95)[1], square(100, east=150)[2]],
                number="",
                name="四号",
                area="0.5",
            ),
            # 0.5 m² in a corner: surveying.
            plot(square(east=-99, north=-99), number="", name="五号"),
        ),
    )
    assert [one.outcome for one in done.plots] == [Outcome.CREATED] * 5
    sheet = boundary_sheet(office.administrator, parcel_id=keys["一号"], files=FILES)
    assert sheet is not None
    shared = {one.parcel.name: one.area_m2 for one in sheet.overlaps}
    assert shared.keys() <= {"二号", "四号", "五号"}
    assert shared["二号"] is not None
    assert abs(shared["二号"] - 2_000) < Decimal("0.01")
    assert "三号" not in shared
    assert "五号" not in shared


def test_a_boundary_of_an_older_system_is_kept_and_meets_no_neighbour(
    office: Office, tmp_path: Path
) -> None:
    key = parcel(office, "一号")
    path = file(tmp_path, plot(square(), name="一号"), system="1980西安坐标系")
    done = bring_in(office, path)
    assert any("cannot be turned into CGCS2000" in str(one.reason) for one in done.warnings)
    sheet = boundary_sheet(office.administrator, parcel_id=key, files=FILES)
    assert sheet is not None
    assert (sheet.boundary.extent, sheet.overlaps) == (None, ())
    assert sheet.boundary.area_m2 == 10_000


def test_the_spatial_index_follows_every_change(office: Office, tmp_path: Path) -> None:
    parcel(office, "一号")
    bring_in(office, file(tmp_path, plot(square(), name="一号")))
    (boundary,) = office.workspace.parcel_boundaries.where()
    there = boundary.extent
    assert there is not None
    search = office.workspace.boundary_search
    assert search.near(there) == [boundary]
    ctx = office.administrator
    moved = replace(boundary, west=boundary.west and boundary.west + 1)
    moved = replace(moved, east=boundary.east and boundary.east + 1)
    with ctx.change():
        office.workspace.parcel_boundaries.save(moved)
    assert search.near(there) == []
    elsewhere = Extent(
        west=there.west + 1, east=there.east + 1, south=there.south, north=there.north
    )
    assert search.near(elsewhere) == [moved]
    with ctx.change():
        office.workspace.parcel_boundaries.retire(boundary.id)
    assert search.near(elsewhere) == []
    assert office.workspace.check().ok


def test_boundaries_are_handed_out_for_other_programs(office: Office, tmp_path: Path) -> None:
    key = parcel(office, "一号")
    ctx = office.administrator
    with pytest.raises(KnownError):
        export_boundaries(ctx, parcel_ids=[key], form=BoundaryFormat.TXT, files=FILES)
    bring_in(office, file(tmp_path, plot(square(), name="一号")))
    for form in BoundaryFormat:
        out = tmp_path / f"out.{form}"
        out.write_bytes(export_boundaries(ctx, parcel_ids=[key], form=form, files=FILES))
        (found,) = FILES.read(out).plots
        assert found.shape is not None
        assert found.shape.area_m2 == 10_000
        assert found.shape.crs.epsg == 4548


def test_whoever_may_not_import_is_refused(office: Office, tmp_path: Path) -> None:
    path = file(tmp_path, plot(square(), name="一号"))
    with pytest.raises(KnownError):
        import_boundaries(office.reader, path=path, files=FILES)


def test_an_import_of_boundaries_is_taken_back_whole(office: Office, tmp_path: Path) -> None:
    key = parcel(office, "一号")
    bring_in(office, file(tmp_path, plot(square(), name="一号"), name="a.txt"))
    before = office.workspace.parcel_boundaries.first(parcel_id=key)
    assert before is not None
    two = (plot(square(50), name="一号"), plot(square(east=300), number="N", name="新"))
    done = bring_in(office, file(tmp_path, *two, name="b.txt"), new_parcels=True)
    assert done.batch is not None
    undo_import(office.administrator, batch_id=done.batch.id)
    assert office.workspace.parcel_boundaries.where() == [before]
    assert office.workspace.parcels.first(name="新") is None
    assert before.extent is not None
    assert office.workspace.boundary_search.near(before.extent) == [before]
    assert office.workspace.check().ok
