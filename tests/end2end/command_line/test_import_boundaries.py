"""`import boundaries`: rows are plots, each accounted for."""

from pathlib import Path

from landsteward.app.register import add_parcel
from landsteward.cli import basics
from tests.end2end.command_line.commands import Command
from tests.helpers.boundaries import head, plot, square, text


def _file(folder: Path, *plots: list[str]) -> Path:
    path = folder / "界址点.txt"
    path.write_bytes(text(head(), *plots, end="\r\n").encode("gb18030"))
    return path


def _parcel(park: Path, name: str) -> None:
    with basics.opened(park, writing=True) as context:
        add_parcel(context, name=name)


def test_every_plot_is_accounted_for_and_a_trial_writes_nothing(
    run: Command, park: Path, tmp_path: Path
) -> None:
    _parcel(park, "一号宗地")
    broken = plot(square(), number="", name="坏地块")
    broken[2] = "J2,1,三百,四百"
    broken[3] = "J3,1"
    file = _file(
        tmp_path,
        plot(square(), number="", name="一号宗地"),
        plot(square(), number="", name="谁也不认识"),
        broken,
    )
    before = park.read_bytes()
    trial = run("import", "boundaries", file, "-w", park, "--dry-run", "--json")
    assert (trial.status, park.read_bytes()) == (basics.WITH_REJECTS, before)
    said = run("import", "boundaries", file, "-w", park, "--json")
    document = said.json()
    assert document == trial.json()
    assert list(document) == ["rows", "created", "updated", "unchanged", "rejected", "warnings"]
    assert (document["rows"], document["created"]) == (3, 1)
    assert len({one["row"] for one in document["rejected"]}) == 2
    assert {one["row"] for one in document["rejected"]} == {19, 25}
    assert run("check", "-w", park).status == basics.DONE


def test_a_parcel_is_named_or_made_where_asked_for(
    run: Command, park: Path, tmp_path: Path
) -> None:
    _parcel(park, "二号宗地")
    file = _file(tmp_path, plot(square(), number="", name="另一个名字"))
    named = run("import", "boundaries", file, "-w", park, "--parcel", "二号宗地", "--json")
    assert (named.status, named.json()["created"]) == (basics.DONE, 1)
    nobody = run("import", "boundaries", file, "-w", park, "--parcel", "没有", "--json")
    assert (nobody.status, nobody.out) == (basics.REFUSED, "")
    made = run("import", "boundaries", file, "-w", park, "--new-parcels", "--json")
    assert (made.status, made.json()["created"]) == (basics.DONE, 1)
    with basics.opened(park, writing=False) as context:
        assert context.workspace.parcels.first(name="另一个名字") is not None


def test_options_of_other_kinds_are_refused(run: Command, park: Path, tmp_path: Path) -> None:
    file = _file(tmp_path, plot(square()))
    assert run("import", "boundaries", file, "-w", park, "--year", "2025").status == basics.REFUSED
    assert run("import", "parcels", file, "-w", park, "--new-parcels").status == basics.REFUSED
    missing = run("import", "boundaries", tmp_path / "none.txt", "-w", park, "--json")
    assert (missing.status, missing.out) == (basics.REFUSED, "")
