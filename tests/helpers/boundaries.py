"""Boundary files made for tests: 界址点 TXT in its variants."""

from collections.abc import Sequence
from decimal import Decimal

from landsteward.domain.boundaries import ParcelBoundary, boundary_of
from landsteward.exchange.boundary_files import GeometryFiles
from landsteward.exchange.txt import read_txt

CORNER = (Decimal("3747692.943"), Decimal("387089.572"))
"""115.78°E 33.85°N in EPSG:4548 (`domain.md` §1)."""

Point = tuple[Decimal, Decimal]


def square(side: int = 100, *, north: int = 0, east: int = 0, prefix: bool = False) -> list[Point]:
    """A square clockwise from its north-western corner, so many metres from the known corner."""
    top = CORNER[0] + north
    left = CORNER[1] + east + (39_000_000 if prefix else 0)
    return [(top, left), (top, left + side), (top - side, left + side), (top - side, left)]


def head(system: str = "2000国家大地坐标系", width: str = "3", zone: str = "39") -> list[str]:
    """The lines before the plots."""
    return [
        "[属性描述]",
        "格式版本号=1.01",
        "数据产生单位=示例测绘队",
        "数据产生日期=2026-03-01",
        f"坐标系={system}",
        f"几度分带={width}",
        "投影类型=高斯克吕格",
        "计量单位=米",
        f"带号={zone}",
        "精度=0.001",
        "转换参数=,,,,,,",
        "[地块坐标]",
    ]


def plot(
    *rings: Sequence[Point],
    area: str = "1.0000",
    number: str = "DK-1",
    name: str = "一号地块",
    tail: str = "面,,工业用地,0601,@",
    closed: bool = True,
    labels: str = "J{}",
    swapped: bool = False,
) -> list[str]:
    """A plot's own line and those of its points."""
    lines: list[str] = []
    count = 0
    for ring, points in enumerate(rings, 1):
        first = count + 1
        for at, point in enumerate([*points, points[0]] if closed and len(points) > 1 else points):
            last = at == len(points)
            label = labels.format(first if last else first + at)
            one, other = reversed(point) if swapped else point
            lines.append(f"{label},{ring},{one},{other}")
        count += len(points)
    return [f"{len(lines)},{area},{number},{name},{tail}", *lines]


def text(*parts: Sequence[str], end: str = "\n") -> str:
    """The lines of a file."""
    return end.join(line for part in parts for line in part) + end


def kept(content: str, *, parcel_id: str = "p", boundary_id: str = "b") -> ParcelBoundary:
    """The first plot of a TXT as the boundary of a parcel."""
    (read, *_), _notes = read_txt(content, GeometryFiles().limits)
    assert read.shape is not None
    return boundary_of(
        read.shape,
        boundary_id=boundary_id,
        parcel_id=parcel_id,
        stated_area_m2=read.stated_area_m2,
        plot_no=read.plot_no,
        plot_name=read.name,
        header=read.header,
        attributes=read.attributes,
        file_name="a.txt",
        file_sha256="0" * 64,
        batch_id=None,
    )
