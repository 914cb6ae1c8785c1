"""Mistakes in the ways out of a pack: each with its file, line, key and reason."""

import shutil
from pathlib import Path

import pytest

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

WAY = """
[[paths]]
key = "way"
name = "路径"
name_en = "Way"
bases = ["bozhou_plan 第16项"]
categories = ["output"]
papers = ["甲", "乙"]

[[paths.blocks]]
key = "seized"
predicate = "seized"
text = "查封"
text_en = "Seized"
bases = ["urban_real_estate 第三十八条"]

[[paths.conditions]]
key = "large"
predicate = "area_above"
params = { above_mu = 100 }
text = "超过100亩"
text_en = "Over 100 mu"

[[paths.conditions]]
key = "asked"
predicate = "answered"
fact = "asked"
text = "已查明"
text_en = "Asked"

[[paths.steps]]
what = "第一步"
what_en = "First"
days = 30
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack, without the templates of plans, which name its ways."""
    copied = Path(shutil.copytree(RULES / DEFAULT_PACK, tmp_path / DEFAULT_PACK))
    (copied / "plans.toml").write_text("", encoding="utf-8")
    return copied


def write(folder: Path, ways: str) -> None:
    (folder / "paths.toml").write_text(ways, encoding="utf-8")


def test_a_small_way_is_read(folder: Path) -> None:
    write(folder, WAY)
    (way,) = load_pack(folder).paths
    assert [one.predicate for one in way.conditions] == ["area_above", "answered"]
    assert way.blocks[0].bases[0].article == "第三十八条"
    assert (way.steps[0].days, way.steps[0].who, way.office) == (30, "", "")


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            'predicate = "seized"',
            'predicate = "sealed"',
            "blocks[0].predicate",
            "no predicate sealed",
        ),
        ("params = { above_mu = 100 }", "", "conditions[0].params.above_mu", "is missing"),
        ("above_mu = 100", "above_mu = 1, mu = 2", "conditions[0].params.mu", "no such parameter"),
        ("above_mu = 100", "above_mu = -1", "conditions[0].params.above_mu", "not below zero"),
        ('fact = "asked"', "", "conditions[1].fact", "is missing"),
        ("params = {", 'fact = "x"\nparams = {', "conditions[0].fact", "no use for this key"),
        ('key = "asked"', 'key = "seized"', "conditions[1].key", "used twice"),
        ('key = "asked"', 'key = "basis"', "conditions[1].key", "program uses this key"),
        ("urban_real_estate", "rural_estate", "blocks[0].bases[0]", "not in laws.toml"),
        ('"bozhou_plan', '"plan', "bases[0]", "not in laws.toml"),
        ('["output"]', '["outputs"]', "categories[0]", "nothing of the key outputs"),
        ("categories", "items", "items[0]", "nothing of the key output"),
        ("categories", "rules", "rules[0]", "nothing of the key output"),
        ("days = 30", "days = 0", "steps[0].days", "between 1 and"),
        ("days = 30", 'days = "月"', "steps[0].days", "another kind"),
        ("papers =", 'papers_en = ["A"]\npapers =', "papers_en", "as many as in Chinese"),
        ('text = "查封"', 'can_be_met = true\ntext = "查封"', "blocks[0].can_be_met", "closes"),
        ('text_en = "Asked"', "", "conditions[1].text_en", "is missing"),
        ('what = "第一步"', 'what = "第一步"\nhow = "快"', "steps[0].how", "not known here"),
    ],
)
def test_each_mistake_names_its_place(
    folder: Path, old: str, new: str, key: str, reason: str
) -> None:
    assert old in WAY
    write(folder, WAY.replace(old, new, 1))
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    found = {one.key: one for one in caught.value.mistakes if one.file == "paths.toml"}
    assert f"paths[0].{key}" in found, found
    assert reason in str(found[f"paths[0].{key}"].reason)
    assert found[f"paths[0].{key}"].line is not None
