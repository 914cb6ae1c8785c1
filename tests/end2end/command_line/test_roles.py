"""`roles`, and `--as`: a person of the workspace at the command line sees what they may see."""

from pathlib import Path

from tests.end2end.command_line.commands import TODAY, Command


def test_the_table_of_roles_in_json_and_in_lines(run: Command, park: Path) -> None:
    table = run("roles", "-w", park, "--json").json()
    closing = next(one for one in table["actions"] if one["action"] == "close")
    assert closing["roles"] == ["inspector", "department_lead", "administrator"]
    assert closing["plan_item"] == "17"
    assert table["sees"]["consultant"] == "engaged"
    assert table["masked"]["consultant"] == []
    lines = run("roles", "-w", park).out.splitlines()
    assert any(line.startswith("Approve closure\tInspector, Head of department") for line in lines)


def test_whoever_is_named_sees_what_they_may_see(run: Command, park: Path) -> None:
    """顾言's firm is engaged for the park until 350 days from now; 30 days on it may still read."""
    everything = run("cases", "-w", park, "--json").json()
    assert run("cases", "-w", park, "--as", "顾言", "--json").json() == everything
    later = run("ways", everything[0]["case_no"], "-w", park, "--as", "顾言", "--on", "2028-01-01")
    assert later.status == 2
    refused = run("grade", "-w", park, "--year", "2025", "--keep", "--as", "顾言", "--on", TODAY)
    assert (refused.status, refused.out) == (2, "")
    assert "This is for: Inspector, Head of department, Administrator" in refused.err
    nobody = run("cases", "-w", park, "--as", "没有人")
    assert nobody.status == 2
    assert "0 people of this name" in nobody.err
