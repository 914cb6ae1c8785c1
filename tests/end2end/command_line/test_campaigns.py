"""`campaigns`: what it prints of the sample park."""

from pathlib import Path

from tests.end2end.command_line.commands import TODAY, Command


def test_campaigns_in_json_and_in_lines(run: Command, park: Path) -> None:
    second, first = run("campaigns", "-w", park, "--on", TODAY, "--json").json()
    assert (first["campaign"], first["year"]) == ("2026年第一批企业健康体检", 2026)
    assert (first["state"], first["enterprises"]) == ("running", 5)
    assert (first["visits"]["reported"], first["visits"]["in_checkup"]) == (1, 1)
    assert first["visits"]["problems"] > 0
    assert set(first["departments"]) == {"natural_resources", "ecology", "market", "industry"}
    assert first["carriers"][0]["carrier"] == "示例园区管理委员会"
    assert first["next_step"] == "draw_together"
    assert (second["joinable"], second["state"]) == (3, "prepared")
    warned = second["over_cap"]
    assert {one["department"] for one in warned} == {"ecology", "market"}
    assert all(len(one["visits"]) > one["most"] for one in warned)
    lines = run("campaigns", "-w", park)
    assert lines.out.splitlines()[1].startswith("2026年第一批企业健康体检\t5 enterprises\t1 of 5")
    assert lines.err == "2 campaigns.\n"


def test_a_new_workspace_has_none(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "new.lsw"
    run("new", file)
    said = run("campaigns", "-w", file, "--json")
    assert (said.status, said.json()) == (0, [])
