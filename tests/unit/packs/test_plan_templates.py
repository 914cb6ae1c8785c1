"""plans.toml: what is offered as shipped, and every mistake named with its place."""

import shutil
from pathlib import Path

import pytest

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

SHIPPED = RULES / DEFAULT_PACK
HEAD = '[[templates]]\nkey = "a"\nname = "甲"\n'


def test_every_shipped_template_has_steps_that_end_after_they_begin() -> None:
    templates = load_pack(SHIPPED).plan_templates
    assert {"idle_land", "land_intensity", "output", "papers"} <= {one.key for one in templates}
    for one in templates:
        assert all(step.due_day is not None and step.responsible for step in one.steps)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + 'ways = ["fly_away"]\n', "templates[0].ways[0]"),
        (HEAD + 'categories = ["none_such"]\n', "templates[0].categories[0]"),
        (HEAD + 'items = ["none_such"]\n', "templates[0].items[0]"),
        (
            HEAD + 'steps = [{ title = "一", start_day = 9, due_day = 3 }]\n',
            "templates[0].steps[0].due_day",
        ),
        (HEAD + 'steps = [{ title = "一", start_day = -1 }]\n', "templates[0].steps[0].start_day"),
        (HEAD + 'steps = [{ title = "一", cost_wan = "-2" }]\n', "templates[0].steps[0].cost_wan"),
        (HEAD + HEAD, "templates[1].key"),
    ],
)
def test_mistakes_are_named_with_file_and_key(tmp_path: Path, content: str, said: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(SHIPPED, folder)
    (folder / "plans.toml").write_text(content, "utf-8")
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    assert said in {one.key for one in caught.value.mistakes if one.file == "plans.toml"}
