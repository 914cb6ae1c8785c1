"""visits.toml: the cap as it is shipped, and every mistake named with its place."""

import shutil
from pathlib import Path

import pytest

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

SHIPPED = RULES / DEFAULT_PACK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack."""
    shutil.copytree(SHIPPED, tmp_path / "pack")
    return tmp_path / "pack"


def test_the_shipped_pack_warns_of_a_second_visit() -> None:
    cap = load_pack(SHIPPED).visit_cap
    assert (cap.on, cap.most, dict(cap.departments)) == (True, 1, {})


def test_a_county_sets_its_own_numbers(folder: Path) -> None:
    (folder / "visits.toml").write_text(
        "[cap]\non = true\nmost = 2\n[cap.departments]\necology = 3\n", "utf-8"
    )
    cap = load_pack(folder).visit_cap
    assert (cap.of("ecology"), cap.of("market")) == (3, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[cap]\non = true\nmost = 0\n", "cap.most"),
        ("[cap]\non = true\nmost = 1\n[cap.departments]\nnobody = 1\n", "cap.departments.nobody"),
        ("[cap]\non = true\n[cap.departments]\necology = 0\n", "cap.departments.ecology"),
        ("[cap]\non = 'yes'\n", "cap.on"),
        ("[cap]\nmany = 1\n", "cap.many"),
        ("[limit]\nmost = 1\n", "limit"),
        ("", "cap"),
    ],
)
def test_mistakes_are_named_with_file_and_key(folder: Path, content: str, said: str) -> None:
    (folder / "visits.toml").write_text(content, "utf-8")
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    mistakes = [one for one in caught.value.mistakes if one.file == "visits.toml"]
    assert said in {one.key for one in mistakes}


def test_a_pack_without_the_file_says_so(folder: Path) -> None:
    (folder / "visits.toml").unlink()
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    assert [one.file for one in caught.value.mistakes] == ["visits.toml"]
