"""`what-if`: what becomes of an enterprise of the sample, and the least for a grade."""

from decimal import Decimal
from pathlib import Path

from landsteward.cli import basics
from tests.end2end.command_line.commands import Command

NAME = "示例光合新能源有限公司"
STEP = Decimal("0.01")


def test_what_becomes_of_it_and_the_least_for_a_grade(run: Command, park: Path) -> None:
    """光合: tax 1.1 on 50 000 m² = 75 mu, 0.0147 a mu. 50 more, 6 000 m² = 9 mu less: 51.1 / 66 =
    0.774242… a mu. One hundredth less than the least for B does not do.
    """
    before = park.read_bytes()
    set_to = ("--set", "tax=+50", "--set", "land_m2=-6000")
    said = run("what-if", NAME, "-w", park, *set_to, "--for", "B", "--json")
    assert said.status == basics.DONE
    found = said.json()
    assert found["changes"]["tax_wan"] == {"from": "1.1", "to": "51.1"}
    assert found["changes"]["land_given_up_m2"] == {"from": "0", "to": "6000"}
    assert Decimal(found["values"]["tax_per_mu"]["then"]) == Decimal("51.1") / 66
    assert (found["now"]["grade"], found["then"]["grade"], found["latest"]) == ("C", "C", True)
    tax = next(one for one in found["least"] if one["lever"] == "tax_wan")
    least = Decimal(tax["value"])
    for value, grade in ((least, "B"), (least - STEP, "C")):
        again = run("what-if", NAME, "-w", park, *set_to, "--set", f"tax={value}", "--json").json()
        assert again["then"]["grade"] == grade
    assert park.read_bytes() == before


def test_lines_for_a_terminal(run: Command, park: Path) -> None:
    said = run("what-if", NAME, "-w", park, "--set", "revenue=+10%", "--for", "A")
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert lines[1] == ["Revenue", "40", "44", "10 000 yuan"]
    assert ["now", "1.53 points, rank 6 of 6, grade C"] in lines
    land = next(line for line in lines if line[0] == "Land given up")
    assert land[1] == "A"


def test_what_cannot_be_understood_is_said(run: Command, park: Path) -> None:
    for setting, what in (
        ("tax", "This cannot be understood as a change."),
        ("wages=+5", "There is no lever wages."),
        ("land_given_up=99999999", "There is only"),
    ):
        said = run("what-if", NAME, "-w", park, "--set", setting)
        assert (said.status, what in said.err) == (basics.REFUSED, True)
    assert run("what-if", "没有这家", "-w", park).status == basics.REFUSED
    assert run("what-if", NAME, "-w", park, "--for", "Z").status == basics.REFUSED
