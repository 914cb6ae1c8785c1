"""The lock holds what pyproject.toml asks for, for every machine, and nothing of one machine."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# One pin a paragraph: `name==version ; marker \`, its hashes, and comments on who wants it.
PINS = re.findall(r"^([\w.-]+)==(\S+)(.*)\n((?:    --hash=.*\n)*)", LOCK, re.MULTILINE)


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = project["dependencies"] + project["optional-dependencies"]["dev"]
    return [Requirement(line) for line in listed]


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_dependency_is_pinned_to_a_version_that_fits(requirement: Requirement) -> None:
    versions = [
        version for name, version, *_ in PINS if name == canonicalize_name(requirement.name)
    ]
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_pin_has_hashes() -> None:
    assert len(PINS) > 40
    assert [name for name, _, _, hashes in PINS if "sha256:" not in hashes] == []


def test_nothing_of_the_machine_it_was_made_on_is_in_it() -> None:
    entries = [line for line in LOCK.splitlines() if not line.startswith(("#", "    "))]
    assert len(entries) == len(PINS)
    assert not re.search(r"://|--index|--find-links|/home/|[A-Z]:\\", LOCK)


def test_it_is_renewed_for_all_platforms_with_hashes_and_without_local_settings() -> None:
    command = lock.command(["--upgrade"])
    assert {"--universal", "--generate-hashes", "--no-config", "--upgrade"} <= set(command)
