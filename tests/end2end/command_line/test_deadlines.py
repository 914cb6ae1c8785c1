"""`reminders` and `calendar`: what is due in the sample park, on paper and in a calendar file."""

from pathlib import Path

from landsteward import bootstrap
from tests.end2end.command_line.commands import TODAY, Command
from tests.helpers.pdf_reading import page_texts


def test_sheets_for_people_and_a_calendar_of_all(run: Command, park: Path, tmp_path: Path) -> None:
    all_of_them, one = tmp_path / "all.pdf", tmp_path / "one.pdf"
    said = run("reminders", "-w", park, "-o", all_of_them, "--days", "30", "--on", TODAY)
    pages = page_texts(all_of_them.read_bytes())
    assert (said.status, said.out) == (0, "")
    people = int(said.err.split()[0])
    assert 1 < people <= len(pages)
    assert sum("提醒单" in page for page in pages) == len(pages)
    again = tmp_path / "again.pdf"
    run("reminders", "-w", park, "-o", again, "--days", "30", "--on", TODAY)
    assert again.read_bytes() == all_of_them.read_bytes()
    run("reminders", "-w", park, "-o", one, "--person", "林勘", "--on", TODAY)
    assert all("林勘" in page for page in page_texts(one.read_bytes()))
    nobody = run("reminders", "-w", park, "-o", one, "--person", "无此人")
    assert nobody.status == 2
    assert "无此人" in nobody.err
    own = run("reminders", "-w", park, "-o", park)
    assert (own.status, park.read_bytes()[:6]) == (2, b"SQLite")
    file = tmp_path / "deadlines.ics"
    said = run("calendar", "-w", park, "-o", file, "--on", TODAY)
    events = file.read_bytes().count(b"BEGIN:VEVENT\r\n")
    assert (said.status, said.err) == (0, f"{events} deadlines in {file}.\n")
    assert events > 5
    assert _exports(park) == [
        ("paper", "Reminder sheets", "all.pdf", None),
        ("paper", "Reminder sheets", "again.pdf", None),
        ("paper", "Reminder sheets", "one.pdf", None),
        ("list", "Deadlines", "deadlines.ics", events),
    ]
    # While somebody works on it, the file is written all the same, and it is said.
    held = bootstrap.open_workspace(park, read_only=False)
    said = run("calendar", "-w", park, "-o", file, "--on", TODAY)
    held.close()
    assert said.status == 0
    assert "deadlines.ics was written, but not noted" in said.err
    assert len(_exports(park)) == 4


def _exports(park: Path) -> list[tuple[str, str, str, int | None]]:
    """The log of exports."""
    space = bootstrap.open_workspace(park, read_only=True)
    found = [
        (one.kind.value, one.title, one.file_name, one.rows) for one in space.export_notes.where()
    ]
    space.close()
    return found
