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
    """顾言's firm is engaged for seven enterprises of the park, 计明's for six, both for 本草药业;
    舒正's contract ended 90 days ago: 30 days on it might still read.
    """
    everything = run("cases", "-w", park, "--json").json()

    def seen(name: str) -> set[str]:
        found = run("cases", "-w", park, "--as", name, "--json").json()
        assert all(one in everything for one in found)
        return {one["enterprise"] for one in found}

    assert "示例五谷食品有限公司" in seen("计明") - seen("顾言")
    assert "示例经纬纺织有限公司" in seen("顾言") - seen("计明")
    assert "示例本草药业有限公司" in seen("顾言") & seen("计明")
    assert seen("舒正") == set()
    own = next(one for one in everything if one["enterprise"] == "示例经纬纺织有限公司")
    later = run("ways", own["case_no"], "-w", park, "--as", "顾言", "--on", "2028-01-01")
    assert later.status == 2
    refused = run("grade", "-w", park, "--year", "2025", "--keep", "--as", "顾言", "--on", TODAY)
    assert (refused.status, refused.out) == (2, "")
    assert "This is for: Inspector, Head of department, Administrator" in refused.err
    nobody = run("cases", "-w", park, "--as", "没有人")
    assert nobody.status == 2
    assert "0 people of this name" in nobody.err
