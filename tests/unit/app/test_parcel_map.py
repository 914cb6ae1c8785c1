"""What the map shows of every parcel with a boundary."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landsteward.app.boundaries import import_boundaries
from landsteward.app.cases import open_case
from landsteward.app.parcel_map import map_parcels
from landsteward.app.register import add_parcel, record_year
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    here = open_office(tmp_path)
    yield here
    here.workspace.close()


def bring_in(office: Office, folder: Path, name: str, system: str = "2000国家大地坐标系") -> None:
    path = folder / f"{name}.txt"
    path.write_text(text(head(system=system), plot(square(), number="", name=name)), "utf-8")
    import_boundaries(office.administrator, path=path, files=GeometryFiles())


def test_parcels_come_with_outline_holder_grade_and_stage(office: Office, tmp_path: Path) -> None:
    ctx = office.administrator
    add_parcel(ctx, name="无主")
    add_parcel(ctx, name="老坐标")
    for name in (office.parcel.name, "无主"):
        bring_in(office, tmp_path, name)
    bring_in(office, tmp_path, "老坐标", system="1980西安坐标系")
    for year, grade in ((2023, "D"), (2024, "B"), (2025, None)):
        record_year(ctx, enterprise_id=office.enterprise.id, year=year, grade=grade)
    case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    held, free = map_parcels(ctx)
    assert (held.parcel_id, held.enterprise_id) == (office.parcel.id, office.enterprise.id)
    assert (held.enterprise, held.grade) == (office.enterprise.name, "B")
    assert (held.stage, held.severity, held.open_findings) == (case.stage, None, 0)
    assert (free.name, free.enterprise_id, free.grade, free.stage) == ("无主", None, None, None)
    ((first, *_),) = held.outline
    assert (round(first[0], 6), round(first[1], 6)) == (115.78, 33.85)
