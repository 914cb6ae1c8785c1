"""`reminders` and `calendar`: what is due in the sample park, on paper and in a calendar file."""

from pathlib import Path

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
    (page,) = page_texts(one.read_bytes())
    assert "林勘" in page
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
