"""What the tour types, the roster it imports, and the photos it attaches."""

from pathlib import Path

import msgspec

from landsteward.sample.content import FOLDER
from landsteward.sample.photos import draw_photo
from ui.tour.script import TourScript


def tour_script(folder: Path) -> TourScript:
    """The script of `resources/sample/tour.toml`, its photos and its roster put into a folder."""
    said = msgspec.toml.decode((FOLDER / "tour.toml").read_bytes())
    roster = folder / f"{said.pop('roster_name')}.txt"
    roster.write_bytes((FOLDER / "roster.txt").read_bytes())
    photos = {}
    for name, photo in said.pop("photos").items():
        file = folder / f"{photo['title']}.jpg"
        file.write_bytes(draw_photo(photo["scene"], title=photo["title"], below=said["enterprise"]))
        photos[name] = str(file)
    files = {**photos, "roster": str(roster)}
    return msgspec.convert({**said, **files}, TourScript, dec_hook=_path)


def _path(kind: type, text: object) -> Path:
    if kind is not Path:
        raise NotImplementedError(kind)
    return Path(str(text))
