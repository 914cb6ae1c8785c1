"""Packs damaged at random: every mistake is named with its file and line, none ends in a crash.

The damage is done to the lines of the pack that comes with the program, as an editor would do it:
a key misspelt, a value of another kind, a line lost or doubled, a file cut short or overwritten.
"""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

SHIPPED = RULES / DEFAULT_PACK
FILES = sorted(
    str(path.relative_to(SHIPPED).as_posix())
    for path in SHIPPED.rglob("*.toml")
    if "earlier" not in path.parts
)
KEY = re.compile(r"^(\w+)( = )(.+)$")
VALUES = {
    "text": '"anything else"',
    "whole": "7",
    "fraction": "0.5",
    "no number": "nan",
    "huge": "1" + "0" * 30,
    "truth": "true",
    "day": "2024-02-29",
    "moment": "2024-02-29T10:00:00+08:00",
    "list": "[[1]]",
    "table": "{ a = 1 }",
}
FITS = {"text": ("text",), "number": ("whole", "fraction"), "list": (), "truth": ("truth",)}
"""Which of these values are of the kind that stands there; anything else is a mistake."""

damaged = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def kind_of(value: str) -> str:
    if value[0] == '"':
        return "text"
    if value[0] == "[":
        return "list"
    return "truth" if value in ("true", "false") else "number"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the copy of the pack goes."""
    return tmp_path / DEFAULT_PACK


def fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SHIPPED, folder)


def mistakes_in(folder: Path) -> tuple[Mistake, ...]:
    """What is wrong with it; anything but a PackMistakesError is a bug."""
    try:
        load_pack(folder)
    except PackMistakesError as error:
        found = error.mistakes
    else:
        return ()
    assert found
    for mistake in found:
        assert mistake.file
        assert str(mistake.reason).strip()
        assert mistake.line is None or mistake.line >= 1
    return found


def lines_of(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text("utf-8").split("\n")


def put(folder: Path, name: str, lines: list[str]) -> None:
    (folder / name).write_text("\n".join(lines), "utf-8")


@damaged
@given(data=st.data())
def test_a_misspelt_key_is_named_with_its_line(folder: Path, data: st.DataObject) -> None:
    fresh(folder)
    name = data.draw(st.sampled_from(FILES))
    lines = lines_of(folder, name)
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if KEY.match(line)]))
    lines[at] = "x" + lines[at]
    put(folder, name, lines)
    assert at + 1 in {one.line for one in mistakes_in(folder) if one.file == name}


@damaged
@given(data=st.data())
def test_a_value_of_another_kind_is_named_with_its_line(folder: Path, data: st.DataObject) -> None:
    fresh(folder)
    name = data.draw(st.sampled_from(FILES))
    lines = lines_of(folder, name)
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if KEY.match(line)]))
    found = KEY.match(lines[at])
    assert found is not None
    key, _, value = found.groups()
    other = data.draw(st.sampled_from(sorted(VALUES)))
    assume(other not in FITS[kind_of(value)])
    # Of a value of several lines the rest would stay behind: the next line is the mistake then.
    assume(not value.endswith("["))
    # Amounts without limit are amounts, too.
    assume(not (other == "huge" and kind_of(value) == "number"))
    lines[at] = f"{key} = {VALUES[other]}"
    put(folder, name, lines)
    assert at + 1 in {one.line for one in mistakes_in(folder) if one.file == name}


@damaged
@given(data=st.data())
def test_what_is_no_toml_is_named_with_its_line(folder: Path, data: st.DataObject) -> None:
    fresh(folder)
    name = data.draw(st.sampled_from(FILES))
    lines = lines_of(folder, name)
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if KEY.match(line)]))
    lines[at] = lines[at].replace(" = ", " ", 1)
    put(folder, name, lines)
    assert at + 1 in {one.line for one in mistakes_in(folder) if one.file == name}


@damaged
@given(data=st.data())
def test_lines_lost_doubled_and_swapped_never_end_in_a_crash(
    folder: Path, data: st.DataObject
) -> None:
    fresh(folder)
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(FILES))
        lines = lines_of(folder, name)
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["lose", "double", "swap", "empty"])):
            case "lose":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                to = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[to] = lines[to], lines[at]
            case _:
                lines[at] = re.sub(r'"[^"]*"', '""', lines[at])
        put(folder, name, lines)
    mistakes_in(folder)


@damaged
@given(name=st.sampled_from(FILES), part=st.floats(0, 1), more=st.binary(min_size=1, max_size=40))
def test_a_file_cut_short_and_overwritten_never_ends_in_a_crash(
    folder: Path, name: str, part: float, more: bytes
) -> None:
    fresh(folder)
    whole = (folder / name).read_bytes()
    cut = int(len(whole) * part)
    (folder / name).write_bytes(whole[:cut] + more + whole[cut + len(more) :])
    mistakes_in(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_lost_is_told(folder: Path, name: str) -> None:
    fresh(folder)
    (folder / name).unlink()
    assert mistakes_in(folder)


@pytest.mark.parametrize("content", ["x = " + "[" * 5000, "x = " + "9" * 5000, "x = 1e" + "9" * 30])
def test_values_without_end_are_refused_in_words(folder: Path, content: str) -> None:
    fresh(folder)
    (folder / "metrics.toml").write_text(content, "utf-8")
    assert {one.file for one in mistakes_in(folder)} == {"metrics.toml"}
