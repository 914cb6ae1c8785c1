"""Packs by key and version: what old work was done with stays readable."""

import shutil
from pathlib import Path

import pytest

from landsteward.domain.errors import RulePackError
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The shipped pack, grown to version 2024.1, with 2023.1 kept under `earlier`."""
    now = tmp_path / DEFAULT_PACK
    shutil.copytree(RULES / DEFAULT_PACK, now)
    shutil.copytree(RULES / DEFAULT_PACK, now / "earlier" / "2023.1")
    head = now / "pack.toml"
    text = head.read_text(encoding="utf-8").replace('"2023.1"', '"2024.1"')
    head.write_text(text.replace("deadline_days = 15", "deadline_days = 7"), encoding="utf-8")
    return tmp_path


def test_the_current_pack_is_read_once() -> None:
    packs = Packs()
    assert packs.current() is packs.current()
    assert packs.get(DEFAULT_PACK, packs.current().version) is packs.current()


def test_an_earlier_version_is_still_there_with_its_own_rules(directory: Path) -> None:
    packs = Packs(directory)
    now, before = packs.current(), packs.get(DEFAULT_PACK, "2023.1")
    assert (now.version, now.severities[0].deadline_days) == ("2024.1", 7)
    assert (before.version, before.severities[0].deadline_days) == ("2023.1", 15)


@pytest.mark.parametrize(
    ("key", "version"),
    [
        (DEFAULT_PACK, "1999.1"),
        ("elsewhere", "2023.1"),
        ("..", "2023.1"),
        (DEFAULT_PACK, "../../x"),
        ("", ""),
    ],
)
def test_a_pack_that_is_not_there_is_refused_with_what_to_do(key: str, version: str) -> None:
    with pytest.raises(RulePackError, match="is not here") as caught:
        Packs().get(key, version)
    assert caught.value.where
    assert caught.value.remedy is not None


def test_a_county_s_own_pack_is_taken_by_its_folder(directory: Path) -> None:
    own = directory / "lixin"
    shutil.copytree(RULES / DEFAULT_PACK, own)
    head = own / "pack.toml"
    head.write_text(
        head.read_text(encoding="utf-8").replace(DEFAULT_PACK, "lixin"), encoding="utf-8"
    )
    assert Packs(directory, "lixin").current().key == "lixin"
    assert Packs(directory).get("lixin", "2023.1").key == "lixin"


def test_a_pack_is_read_again_once_a_file_of_it_has_changed(directory: Path) -> None:
    before = Packs(directory).current()
    assert Packs(directory).current() is before
    file = directory / DEFAULT_PACK / "pack.toml"
    text = file.read_text("utf-8")
    assert before.name in text
    file.write_text(text.replace(before.name, "另一个名称"), "utf-8")
    assert Packs(directory).current().name == "另一个名称"
