"""The tour as a newcomer runs it: a process of its own, without a screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]


def tour(output: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANDSTEWARD_LANG")
    }
    return subprocess.run(
        [sys.executable, "-m", "landsteward", "tour", "--output", str(output)],
        capture_output=True,
        encoding="utf-8",
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("tour") / "pictures"
    done = tour(output)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return output


def test_there_is_a_picture_of_every_page(toured: Path) -> None:
    names = [file.stem for file in sorted(toured.glob("*.png"))]
    assert [name.split("-")[0] for name in names] == [
        f"{number:02}" for number in range(1, len(names) + 1)
    ]
    shown = {name.partition("-")[2] for name in names}
    assert shown >= {
        "desk",
        "register",
        "enterprise",
        "screening",
        "case-register",
        "case-checkup",
        "case-checkup-blank",
        "case-checkup-sign",
        "case-checkup-finish",
        "photo",
        "case-pairs",
        "case-findings",
        "case-plan",
        "case-follow-up",
        "case-recheck",
        "case-closure",
        "case-closure-approval",
        "case-dossier",
        "case-archived",
        "map",
        "import-columns",
        "import-preview",
        "enterprise-figures",
        "enterprise-output",
        "enterprise-history",
        "enterprise-past",
        "grading-new",
        "grading-run",
        "grading-score",
        "enterprise-permits",
        "preparation",
        "preparation-paper",
        "campaigns",
        "campaign",
        "campaign-joint",
        "campaign-visits",
        "campaign-plan",
        "rule-pack",
        "finding-ways",
        "case-ways",
        "parcel-standing",
        "tracking",
        "case-extensions",
        "enterprise-ledger",
        "roles",
        "look-backs",
        "case-look-back",
        "case-plan-alternatives",
        "case-plan-gantt",
        "case-follow-up-gantt",
        "firms",
        "firm-conflicts",
        "engagement",
        "what-if",
        "what-if-least",
    }


def test_the_pictures_show_something_and_not_the_same(toured: Path) -> None:
    contents = set()
    for file in sorted(toured.glob("*.png")):
        image = QImage(str(file))
        assert (image.width(), image.height()) == (1280, 720), file.name
        colours = {image.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 720, 5)}
        assert len(colours) > 30, file.name
        contents.add(file.read_bytes())
    assert len(contents) == len(list(toured.glob("*.png")))


def test_the_dossier_is_that_of_the_archived_case(toured: Path) -> None:
    pages = PdfReader(toured / "dossier.pdf").pages
    assert len(pages) > 8
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    for said in ("示例机械制造有限公司", "江示范", "同意销号", "案卷〔", "示例明算会计师事务所"):
        assert said in text, said


def test_a_tour_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    in_the_way = tmp_path / "pictures"
    in_the_way.write_text("a file, not a folder")
    done = tour(in_the_way, LANDSTEWARD_LANG="en")
    assert done.returncode == 2
    assert "Not done: The folder cannot be made" in done.stderr
    assert in_the_way.read_text() == "a file, not a folder"
