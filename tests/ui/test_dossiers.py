"""Saving the dossiers of several cases from the list."""

from datetime import date
from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.domain.states import CaseStage
from tests.helpers.windows import Driver
from ui.pages.lists.page import ListPage


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample park."""
    file = tmp_path_factory.mktemp("park") / "park.lsw"
    bootstrap.create_sample(file, today=date(2026, 3, 2))
    return file


def test_an_archived_case_is_saved_as_it_was_kept(
    driver: Driver, park: Path, tmp_path: Path
) -> None:
    driver.open(park, person="林勘")
    window = driver.window
    asked: list[list[tuple[str, str, bytes | None]]] = []
    window.operations.query(
        window,
        lambda ctx: [
            (
                case.id,
                case.case_no,
                next(
                    (
                        ctx.workspace.blobs.get(paper.sha256)
                        for paper in ctx.workspace.issued_documents.where(case_id=case.id)
                    ),
                    None,
                ),
            )
            for case in ctx.workspace.cases.where()
            if case.stage in (CaseStage.ARCHIVED, CaseStage.REGISTERED)
        ],
        success=asked.append,
    )
    driver.settle()
    (cases,) = asked
    driver.go("dossiers")
    page = driver.shell.page
    assert isinstance(page, ListPage)
    saver = page.saver
    saver.save_into(tmp_path, [case_id for case_id, _number, _kept in cases])
    files = {number: tmp_path / f"{number}.pdf" for _id, number, _kept in cases}
    driver.qtbot.waitUntil(lambda: all(file.exists() for file in files.values()), timeout=20_000)
    driver.settle()
    assert {kept is None for _id, _number, kept in cases} == {True, False}
    for _id, number, kept in cases:
        content = files[number].read_bytes()
        assert content.startswith(b"%PDF")
        if kept is not None:
            assert content == kept


def test_saving_many_is_stopped_between_pages(driver: Driver, park: Path, tmp_path: Path) -> None:
    driver.open(park, person="林勘")
    window = driver.window
    asked: list[list[str]] = []
    window.operations.query(
        window,
        lambda ctx: [one.id for one in ctx.workspace.cases.where()],
        success=asked.append,
    )
    driver.settle()
    folder = tmp_path / "papers"
    folder.mkdir()
    driver.go("dossiers")
    page = driver.shell.page
    assert isinstance(page, ListPage)
    assert not page.saver.isVisible()
    page.saver.save_into(folder, asked[0])
    assert page.saver.isVisible()
    driver.qtbot.waitUntil(lambda: bool(list(folder.glob("*.pdf"))), timeout=20_000)
    driver.click(page.saver.stop)
    driver.settle()
    assert not page.saver.isVisible()
    assert 1 <= len(list(folder.iterdir())) < len(asked[0])
    for file in folder.iterdir():
        assert file.read_bytes().startswith(b"%PDF")
