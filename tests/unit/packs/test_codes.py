"""Code lists with mistakes are refused by name and place."""

import shutil
from pathlib import Path

import pytest

from landsteward.domain.errors import RulePackError
from landsteward.packs.codes import load_codes
from landsteward.packs.source import CODES


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("industries.toml", 'C13 = "', 'X13 = "', "divisions"),
        ("industries.toml", '970 = "国际组织"', "", "groups"),
        ("industries.toml", '970 = "国际组织"', '990 = "国际组织"', "groups"),
        ("industries.toml", '970 = "国际组织"', "970 = 5", "groups"),
        ("areas.toml", "341602", "34160", "areas"),
    ],
)
def test_a_mistake_in_a_list_is_named(
    tmp_path: Path, file: str, old: str, new: str, place: str
) -> None:
    folder = tmp_path / "codes"
    shutil.copytree(CODES, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RulePackError) as refused:
        load_codes(folder)
    assert file in str(refused.value)
    assert place in str(refused.value)
