"""Every command on real files: what it prints where, its JSON, and how it ends."""

import csv
import hashlib
import io
import json
import logging
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from pypdf import PdfReader

from landsteward import bootstrap, cli
from landsteward.app.language import Language, use_language
from tests.helpers.logs import ExpectedLogs
from tests.helpers.sheets import HEADER, supply

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The messages are compared in the language of the source."""
    use_language(Language.ENGLISH)
    yield
    use_language(Language.CHINESE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("cli") / "park.lsw"
    bootstrap.create_sample(path, today=date.fromisoformat(TODAY))
    return path.read_bytes()


@pytest.fixture
def park(built: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "park.lsw"
    path.write_bytes(built)
    return path


class Said:
    """How a command ended and what it said where."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*arguments: object) -> Said:
        capsys.readouterr()
        status = cli.run([str(one) for one in arguments])
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return command


def left_in(folder: Path) -> list[str]:
    """What is in a folder; the empty file the lock is on stays behind and means nothing."""
    return sorted(one.name for one in folder.iterdir() if one.suffix != ".lock")


def sheet(path: Path, *rows: list[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


# Not a workspace


@pytest.mark.parametrize("command", [["cases"], ["screen"], ["check"]])
def test_a_file_that_is_no_workspace_is_refused_and_left_alone(
    run: Any, tmp_path: Path, command: list[str]
) -> None:
    garbage = tmp_path / "garbage.lsw"
    garbage.write_bytes(b"this is a shopping list" * 100)
    for path in (tmp_path / "missing.lsw", garbage, tmp_path):
        said = run(*command, "--workspace", path, "--json")
        assert (said.status, said.out) == (cli.REFUSED, "")
        assert said.err.startswith("Not done: ")
        assert str(path) in said.err
        assert "What to do: " in said.err
    assert garbage.read_bytes() == b"this is a shopping list" * 100
    assert left_in(tmp_path) == ["garbage.lsw"]


def test_what_is_missing_or_unknown_on_the_line_is_refused(run: Any) -> None:
    for line in ("cases", "frobnicate", "import recipes x", "screen --on 5", "dossier -w x"):
        said = run(*line.split())
        assert (said.status, said.out) == (cli.REFUSED, "")
        assert said.err


# new


def test_new_makes_an_empty_workspace_and_never_overwrites(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.lsw"
    said = run("new", path)
    assert (said.status, said.out) == (cli.DONE, "")
    assert said.err == f"Created {path}.\n"
    assert run("cases", "-w", path, "--json").json() == []
    before = path.read_bytes()
    again = run("new", path, "--sample")
    assert again.status == cli.REFUSED
    assert path.read_bytes() == before
    assert run("new", tmp_path / "no" / "such" / "folder.lsw").status == cli.REFUSED
    assert left_in(tmp_path) == ["new.lsw"]


def test_a_sample_that_fails_leaves_no_half_of_itself(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLogs
) -> None:
    def fail() -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("landsteward.sample.build.read_cases", fail)
    state = tmp_path / "state"
    monkeypatch.setattr(bootstrap, "state_folder", lambda: state)
    expected_log("unexpected", logging.ERROR)
    said = run("new", tmp_path / "half.lsw", "--sample")
    assert (said.status, said.out) == (cli.BUG, "")
    assert "mistake in the program" in said.err
    assert str(state) in said.err
    assert "Traceback" not in said.err
    assert "in the middle" in (state / "landsteward.log").read_text(encoding="utf-8")
    assert left_in(tmp_path) == ["state"]


# cases


def test_cases_in_json_and_in_lines(run: Any, park: Path) -> None:
    rows = run("cases", "--workspace", park, "--json").json()
    assert len(rows) == 11
    assert list(rows[0]) == [
        "case_no",
        "enterprise",
        "stage",
        "findings",
        "open_findings",
        "next_step",
    ]
    assert rows[0] == {
        "case_no": "体检〔2026〕1号",
        "enterprise": "示例本草药业有限公司",
        "stage": "archived",
        "findings": 1,
        "open_findings": 0,
        "next_step": "nothing",
    }
    lines = run("cases", "-w", park)
    assert lines.out.splitlines()[0] == "体检〔2026〕1号\t示例本草药业有限公司\tNothing left to do"
    assert len(lines.out.splitlines()) == 11
    assert lines.err == "11 cases.\n"


# screen


def test_screen_in_json_depends_on_the_day_alone(run: Any, park: Path) -> None:
    said = run("screen", "-w", park, "--on", TODAY, "--json")
    assert said.status == cli.DONE
    found = said.json()
    assert set(found[0]) == {
        "enterprise",
        "parcel",
        "electronic_no",
        "rule",
        "severity",
        "facts",
        "legal_basis",
    }
    idle = next(one for one in found if one["rule"] == "idle_not_started" and one["severity"] == 1)
    assert idle["enterprise"] == "示例光合新能源有限公司"
    assert idle["facts"]["full_years_overdue"] == 2
    assert {"law", "article", "version"} <= set(idle["legal_basis"][0])
    assert "6 suspicions in 12 supplies on 2026-11-22" in said.err
    assert "cannot be judged" in said.err
    # 闲置土地处置办法 is in force from 2012-07-01: nothing rests on it before that day.
    before = run("screen", "-w", park, "--on", "2012-06-30", "--json")
    assert before.json() == []
    assert "no legal basis is in force on 2012-06-30" in before.err
    assert run("screen", "-w", park, "--on", TODAY, "--json").out == said.out
    lines = run("screen", "-w", park, "--on", TODAY)
    assert len(lines.out.splitlines()) == len(found)


# import


def test_import_counts_every_row_and_the_same_file_changes_nothing(
    run: Any, park: Path, tmp_path: Path
) -> None:
    good, other, bad = supply(1), supply(2), supply(3)
    bad[HEADER.index("面积(公顷)")] = "很大"
    file = sheet(tmp_path / "供地.csv", good, bad, other)
    before = park.read_bytes()
    trial = run("import", "land-supply", file, "-w", park, "--dry-run", "--json")
    assert trial.status == cli.WITH_REJECTS
    assert park.read_bytes() == before
    said = run("import", "land-supply", file, "-w", park, "--json")
    assert said.status == cli.WITH_REJECTS
    document = said.json()
    assert document == trial.json()
    assert list(document) == ["rows", "created", "updated", "unchanged", "rejected", "warnings"]
    assert (document["rows"], document["created"], document["updated"]) == (3, 2, 0)
    (reject,) = document["rejected"]
    assert set(reject) == {"row", "column", "value", "reason"}
    assert (reject["row"], reject["value"]) == (3, "很大")
    again = run("import", "land-supply", file, "-w", park, "--json").json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert run("check", "-w", park).status == cli.DONE


def test_import_in_words_names_the_row(run: Any, park: Path, tmp_path: Path) -> None:
    bad = supply(1)
    bad[HEADER.index("面积(公顷)")] = "很大"
    said = run("import", "land-supply", sheet(tmp_path / "a.csv", bad), "-w", park)
    assert (said.status, said.out) == (cli.WITH_REJECTS, "")
    assert "Row 2" in said.err
    assert "很大" in said.err


def test_import_by_one_user_adds_one_person_whatever_the_language(
    run: Any, park: Path, tmp_path: Path
) -> None:
    for number, language in enumerate(("en", "zh_CN", "en"), 1):
        file = sheet(tmp_path / f"{number}.csv", supply(number))
        assert run("--lang", language, "import", "land-supply", file, "-w", park).status == 0
    workspace = bootstrap.open_workspace(park, read_only=True)
    batches = workspace.import_batches.where()
    assert len({one.imported_by for one in batches}) == 1
    workspace.close()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<html><body>login</body></html>"])
def test_a_sheet_that_is_none_is_refused(
    run: Any, park: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.xls"
    file.write_bytes(content)
    said = run("import", "land-supply", file, "-w", park, "--json")
    assert (said.status, said.out) == (cli.REFUSED, "")
    assert "odd.xls" in said.err
    missing = run("import", "land-supply", tmp_path / "none.csv", "-w", park, "--json")
    assert (missing.status, missing.out) == (cli.REFUSED, "")


# dossier


@pytest.mark.parametrize("typed", ["体检〔2026〕1号", "体检[2026]1号", "体检(2026)1号"])
def test_dossier_by_number(run: Any, park: Path, tmp_path: Path, typed: str) -> None:
    output = tmp_path / "案卷.pdf"
    said = run("dossier", typed, "-w", park, "--output", output, "--on", TODAY)
    assert (said.status, said.out) == (cli.DONE, "")
    pages = PdfReader(io.BytesIO(output.read_bytes())).pages
    assert len(pages) > 5
    assert "示例本草药业有限公司" in pages[0].extract_text().replace("\n", "")
    first = output.read_bytes()
    run("dossier", typed, "-w", park, "--output", output, "--on", TODAY)
    assert output.read_bytes() == first


def test_an_archived_case_gives_the_paper_it_was_archived_with(
    run: Any, park: Path, tmp_path: Path
) -> None:
    workspace = bootstrap.open_workspace(park, read_only=True)
    (paper,) = workspace.issued_documents.where()
    case_no = workspace.cases.get(paper.case_id).case_no
    workspace.close()
    for number, day in enumerate(([], ["--on", TODAY])):
        output = tmp_path / f"{number}.pdf"
        said = run("dossier", case_no, "-w", park, "-o", output, *day)
        assert (said.status, said.out) == (cli.DONE, "")
        assert hashlib.sha256(output.read_bytes()).hexdigest() == paper.sha256
        assert str(paper.issued_on) in said.err


def test_dossier_of_no_such_case_or_to_no_such_folder(run: Any, park: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.pdf"
    output.write_bytes(b"kept")
    said = run("dossier", "体检〔1999〕7号", "-w", park, "-o", output)
    assert (said.status, said.out) == (cli.REFUSED, "")
    assert "体检〔1999〕7号" in said.err
    assert output.read_bytes() == b"kept"
    nowhere = run("dossier", "体检〔2026〕1号", "-w", park, "-o", tmp_path / "no" / "x.pdf")
    assert nowhere.status == cli.REFUSED
    itself = run("dossier", "体检〔2026〕1号", "-w", park, "-o", park)
    assert itself.status == cli.REFUSED
    assert run("check", "-w", park).status == cli.DONE
    assert left_in(tmp_path) == ["park.lsw", "x.pdf"]


# check, backup, locks


def damage(path: Path, statement: str) -> None:
    """Change a file as a fault of the disk would: past triggers, checks, column types and trail."""
    schema = "SELECT name, sql FROM sqlite_master WHERE sql LIKE '% STRICT%'"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        strict = raw.execute(schema).fetchall()
        reword(raw, [(sql.replace(" STRICT", ""), name) for name, sql in strict])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute(statement)
        reword(raw, [(sql, name) for name, sql in strict])


def reword(raw: sqlite3.Connection, schema: list[tuple[str, str]]) -> None:
    """Write other sentences into the schema, for the next connection to read."""
    raw.execute("PRAGMA writable_schema = ON")
    raw.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", schema)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE findings SET state = 'nowhere'",
        "UPDATE cases SET opened_on = CAST(x'32d0ff' AS TEXT)",
        "UPDATE cases SET opened_on = 'yesterday'",
    ],
)
def test_a_damaged_record_is_said_to_be_damaged(run: Any, park: Path, statement: str) -> None:
    damage(park, statement)
    said = run("cases", "-w", park, "--json")
    assert (said.status, said.out) == (cli.REFUSED, "")
    assert "damaged" in said.err
    assert str(park) in said.err
    assert "What to do: " in said.err
    assert run("check", "-w", park, "--json").status == cli.WITH_REJECTS


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE change_log SET actor_id = x'ff00' WHERE seq = 17", 17),
        ("UPDATE change_log SET after = x'ff00' WHERE seq = 17", 17),
        ("UPDATE change_log SET after = '{' WHERE seq = 17", 17),
        ("UPDATE people SET name = x'ff00'", None),
        ("UPDATE blobs SET content = 'text'", None),
    ],
)
def test_check_goes_on_past_cells_that_make_no_sense(
    run: Any, park: Path, statement: str, first_bad: int | None
) -> None:
    damage(park, statement)
    said = run("check", "-w", park, "--json")
    assert said.status == cli.WITH_REJECTS
    assert said.json()["audit_chain"]["first_bad"] == first_bad
    assert said.json()["integrity"]


@pytest.mark.parametrize("table", ["change_log", "findings", "blobs"])
def test_check_reports_pages_that_cannot_be_read(run: Any, park: Path, table: str) -> None:
    raw = sqlite3.connect(park)
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    raw.close()
    content = bytearray(park.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    park.write_bytes(content)
    said = run("check", "-w", park, "--json")
    assert said.status == cli.WITH_REJECTS
    assert not said.json()["ok"]
    assert said.json()["integrity"]


def test_check_says_what_is_wrong_and_where(run: Any, park: Path) -> None:
    said = run("check", "-w", park, "--json")
    assert said.status == cli.DONE
    assert said.json() == {
        "ok": True,
        "integrity": [],
        "foreign_keys": [],
        "audit_chain": {
            "ok": True,
            "length": said.json()["audit_chain"]["length"],
            "first_bad": None,
        },
    }
    tamper = sqlite3.connect(park)
    for (name,) in tamper.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_log'"
    ).fetchall():
        tamper.execute(f'DROP TRIGGER "{name}"')
    tamper.execute("UPDATE change_log SET actor_id = 'somebody else' WHERE seq = 17")
    tamper.commit()
    tamper.close()
    broken = run("check", "-w", park, "--json")
    assert broken.status == cli.WITH_REJECTS
    assert broken.json()["ok"] is False
    assert broken.json()["audit_chain"]["first_bad"] == 17
    assert "17" in broken.err


def test_backup_is_a_workspace_of_its_own(run: Any, park: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.lsw"
    assert run("backup", "-w", park, "-o", copy).status == cli.DONE
    assert run("cases", "-w", copy, "--json").out == run("cases", "-w", park, "--json").out
    before = copy.read_bytes()
    for target in (copy, park):
        assert run("backup", "-w", park, "-o", target).status == cli.REFUSED
    assert copy.read_bytes() == before


def test_a_workspace_in_use_is_read_but_not_written(run: Any, park: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.csv", supply(1))
    workspace = bootstrap.open_workspace(park)
    try:
        assert run("cases", "-w", park, "--json").status == cli.DONE
        said = run("import", "land-supply", file, "-w", park, "--json")
        assert (said.status, said.out) == (cli.REFUSED, "")
        assert "What to do: " in said.err
    finally:
        workspace.close()
    assert run("import", "land-supply", file, "-w", park).status == cli.DONE


def test_reading_leaves_no_trace(run: Any, park: Path) -> None:
    before = park.read_bytes()
    for command in (["cases"], ["screen"], ["check"]):
        assert run(*command, "-w", park).status == cli.DONE
    assert park.read_bytes() == before


# The process


def process(*arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "landsteward", *map(str, arguments)],
        capture_output=True,
        env=environment,
        cwd=more.get("cwd"),
        timeout=120,
        check=False,
    )


def test_as_a_process_it_speaks_utf8_whatever_the_locale(tmp_path: Path) -> None:
    done = process("new", "园区.lsw", "--sample", "--on", TODAY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    assert "园区.lsw" in done.stderr.decode()
    listed = process("cases", "-w", tmp_path / "园区.lsw", "--json")
    assert listed.returncode == 0
    assert json.loads(listed.stdout)[0]["case_no"] == "体检〔2026〕1号"
    refused = process(
        "--lang", "en", "dossier", "体检〔2000〕1号", "-w", "园区.lsw", "-o", "x.pdf", cwd=tmp_path
    )
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "Not done: " in refused.stderr.decode()
    assert left_in(tmp_path) == ["园区.lsw"]


def test_whoever_stops_listening_is_no_mistake_of_ours(park: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m landsteward cases -w {park} --json | head -c 20"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout) == 20
    assert b"Traceback" not in done.stderr


# Documentation


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, command in cli.commands.commands.items():
        _, found, rest = text.partition(f"## `landsteward {name}")
        assert found, f"docs/command-line.md says nothing of {name}"
        section = rest.partition("\n## ")[0]
        for param in command.params:
            names = (
                param.opts if isinstance(param, click.Option) else [str(param.human_readable_name)]
            )
            for one in names:
                assert one in section or one == "KIND", f"{name}: {one}"
    for param in cli.commands.params:
        assert param.opts[0] in text


def test_every_help_is_in_both_languages(run: Any) -> None:
    for name, command in cli.commands.commands.items():
        text = run(name, "--help").out
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), name
        assert " / " in (command.help or ""), name
