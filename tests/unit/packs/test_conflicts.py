"""conflicts.toml: what is asked as shipped, and every mistake named with its place."""

import shutil
from pathlib import Path

import pytest

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

SHIPPED = RULES / DEFAULT_PACK


def test_the_shipped_pack_asks_about_audits_mandates_and_stakes_in_no_set_number_of_years() -> None:
    terms = load_pack(SHIPPED).conflicts
    assert terms.years is None
    assert {"audit", "represent", "stake"} <= {one.key for one in terms.kinds}
    assert terms.kind("gone").name == "gone"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("years = 3\n", "kinds"),
        ('years = 0\n[[kinds]]\nkey = "a"\nname = "甲"\nname_en = "A"\n', "years"),
        ('[[kinds]]\nkey = "a"\nname = "甲"\n', "kinds[0].name_en"),
        ('kind = 1\n[[kinds]]\nkey = "a"\nname = "甲"\nname_en = "A"\n', "kind"),
        (
            '[[kinds]]\nkey = "a"\nname = "甲"\nname_en = "A"\n'
            '[[kinds]]\nkey = "a"\nname = "乙"\nname_en = "B"\n',
            "kinds[1].key",
        ),
    ],
)
def test_mistakes_are_named_with_file_and_key(tmp_path: Path, content: str, said: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(SHIPPED, folder)
    (folder / "conflicts.toml").write_text(content, "utf-8")
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    assert said in {one.key for one in caught.value.mistakes if one.file == "conflicts.toml"}
