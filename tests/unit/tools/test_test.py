"""`start.py test` is red as soon as one check is, and stops there."""

from pathlib import Path

import pytest

from tools import test as checks
from tools.test import Check


def test_all_green(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert checks.run([Check("one", ("-c", "")), Check("two", ("-c", ""))], tmp_path) == 0
    out = capfd.readouterr().out
    assert "── 1/2 one" in out
    assert "── 2/2 two" in out
    assert "all checks passed" in out


def test_the_first_red_check_ends_it_with_its_exit_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    red = Check("red", ("-c", "import sys; sys.exit(3)"))
    never = Check("never", ("-c", "open('ran', 'w')"))
    assert checks.run([Check("green", ("-c", "")), red, never], tmp_path) == 3
    out = capfd.readouterr().out
    assert "未通过 failed: red (exit code 3)" in out
    assert "all checks passed" not in out
    assert not (tmp_path / "ran").exists()


def test_checks_run_in_the_folder_without_a_screen_and_with_fixed_examples(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import os; "
        "print(os.getcwd(), os.environ['QT_QPA_PLATFORM'], os.environ['HYPOTHESIS_PROFILE'])"
    )
    assert checks.run([Check("where", ("-c", code))], tmp_path) == 0
    assert f"{tmp_path} offscreen ci" in capfd.readouterr().out


@pytest.mark.parametrize(("room", "there"), [(0, True), (2**60, False)])
def test_files_of_tests_lie_in_memory_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, room: int, there: bool
) -> None:
    monkeypatch.setattr(checks, "MEMORY", tmp_path)
    monkeypatch.setattr(checks, "ROOM_BYTES", room)
    with checks.quick_folder() as folder:
        assert folder.is_dir()
        assert (folder.parent == tmp_path) is there
    assert not folder.exists()


def test_checks_put_their_files_into_a_folder_that_goes_with_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "import tempfile; print('in', tempfile.mkdtemp())"
    assert checks.run([Check("files", ("-c", code))], tmp_path) == 0
    made = next(line for line in capfd.readouterr().out.splitlines() if line.startswith("in "))
    assert not Path(made.removeprefix("in ")).parent.exists()
