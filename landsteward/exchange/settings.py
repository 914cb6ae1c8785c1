"""What boundary files are understood by, read from resources/exchange/boundaries.toml."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import msgspec

from landsteward.domain.boundaries import BoundaryLimits, Extent
from landsteward.domain.identifiers import compact

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "exchange"


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when on a difference is said: percent and m²."""

    deviation_percent: Decimal
    stated_percent: Decimal
    overlap_m2: Decimal


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How large a file may be (MB), and how many plots it may have."""

    file_mb: int
    plots: int

    @property
    def bytes(self) -> int:
        """The largest file."""
        return self.file_mb * 1024 * 1024


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What columns are called, best first."""

    unit_code: tuple[str, ...]
    electronic_no: tuple[str, ...]
    plot_no: tuple[str, ...]
    name: tuple[str, ...]
    area: tuple[str, ...]
    land_use: tuple[str, ...]


class Datum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reference system by its names, with the EPSG numbers of its Gauss-Krüger zones.

    The numbers are those of the first zone of each series, the others follow one by one: 3° zones
    25 to 45 (meridians 75° to 135°), 6° zones 13 to 23 (75° to 135°).
    """

    names: tuple[str, ...]
    geographic: int
    transformable: bool
    three_degree_zone_25: int | None = None
    three_degree_meridian_75: int | None = None
    six_degree_zone_13: int | None = None
    six_degree_meridian_75: int | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    county: Extent
    tolerance: Tolerance
    size: Size
    columns: Columns
    datum: tuple[Datum, ...]

    @property
    def limits(self) -> BoundaryLimits:
        """From when on something is said of a boundary."""
        return BoundaryLimits(
            county=self.county,
            deviation_percent=self.tolerance.deviation_percent,
            stated_percent=self.tolerance.stated_percent,
            overlap_m2=self.tolerance.overlap_m2,
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings, read once."""
    content = (RESOURCES / "boundaries.toml").read_bytes()
    return msgspec.toml.decode(content, type=Settings)


def word(text: str) -> str:
    """A name as names are compared: half-width, without spaces, case folded."""
    return compact(text).casefold()
