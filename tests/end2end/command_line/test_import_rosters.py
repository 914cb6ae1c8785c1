"""`import enterprises|parcels|metrics`, `imports` and `undo-import` on real files."""

from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.app.ports.workspace import Workspace
from landsteward.cli import basics
from tests.end2end.command_line.commands import Command
from tests.helpers.office import credit_code
from tests.helpers.roster_desk import unit_code
from tests.helpers.sheets import write_text, write_xls, write_xlsx

NEW, OTHER = credit_code("91341699MA9RT0001"), credit_code("91341699MA9RT0002")
HEADER = ("企业名称", "统一社会信用代码", "行业", "联系电话")
ROWS = [
    ["新来虚构食品有限公司", NEW, "食品制造业", "0558-1"],
    ["坏代码虚构公司", "911101085513850820", "", ""],
    ["另一虚构药业有限公司", OTHER, "中药饮片加工", ""],
]


def opened(park: Path) -> Workspace:
    return bootstrap.open_workspace(park, read_only=True)


@pytest.mark.parametrize("form", ["xlsx", "xls", "gbk", "bars"])
def test_enterprises_from_every_form_of_file(
    run: Command, park: Path, tmp_path: Path, form: str
) -> None:
    title = ["示例县企业名录"]
    match form:
        case "xlsx":
            file = write_xlsx(tmp_path / "e.xlsx", ROWS, header=HEADER, title=[title])
        case "xls":
            file = write_xls(tmp_path / "e.xls", [title, HEADER, *ROWS])
        case "gbk":
            file = write_text(
                tmp_path / "e.csv", ROWS, header=HEADER, delimiter=",", encoding="gbk"
            )
        case _:
            file = write_text(tmp_path / "e.txt", ROWS, header=HEADER, delimiter="|")
    before = park.read_bytes()
    line = ("import", "enterprises", file, "-w", park, "--json")
    trial = run(*line, "--dry-run")
    assert park.read_bytes() == before
    said = run(*line)
    assert (said.status, trial.status) == (basics.WITH_REJECTS, basics.WITH_REJECTS)
    document = said.json()
    assert document == trial.json()
    assert (document["rows"], document["created"]) == (3, 2)
    (reject,) = document["rejected"]
    assert (reject["column"], reject["value"]) == ("统一社会信用代码", "911101085513850820")
    again = run(*line).json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert run("check", "-w", park).status == basics.DONE


def test_refused_rows_are_saved_mended_and_imported(
    run: Command, park: Path, tmp_path: Path
) -> None:
    file = write_xlsx(tmp_path / "e.xlsx", ROWS, header=HEADER)
    refused = tmp_path / "refused.xlsx"
    run("import", "enterprises", file, "-w", park, "--save-refused", refused)
    kept = run(
        *("import", "enterprises", refused, "-w", park, "--json"),
        *("--keep-code", "911101085513850820=执照如此"),
    )
    assert kept.status == basics.DONE
    assert kept.json()["created"] == 1
    workspace = opened(park)
    (made,) = workspace.enterprises.where(name="坏代码虚构公司")
    workspace.close()
    assert made.uscc_reason == "执照如此"


def test_parcels_and_figures_with_corrected_columns(
    run: Command, park: Path, tmp_path: Path
) -> None:
    parcels = write_text(
        tmp_path / "p.txt",
        [["虚构1号", unit_code(7), "30"]],
        header=("宗地名称", "不动产单元号", "面积（亩）"),
    )
    assert run("import", "parcels", parcels, "-w", park, "--json").json()["created"] == 1
    run("import", "enterprises", write_xlsx(tmp_path / "e.xlsx", ROWS, header=HEADER), "-w", park)
    figures = write_xlsx(
        tmp_path / "m.xlsx",
        [["新来虚构食品有限公司", 20000, 3, 4]],
        header=("企业名称", "口径甲", "2023年税收(万元)", "2024年税收(万元)"),
    )
    line = ("import", "metrics", figures, "-w", park, "--json")
    said = run(*line, "--column", "2=tax_wan:元:2022", "--column", "3=")
    assert said.json()["created"] == 1
    workspace = opened(park)
    (holder,) = workspace.enterprises.where(name="新来虚构食品有限公司")
    years = {
        one.year: one.tax_wan for one in workspace.yearly_metrics.where(enterprise_id=holder.id)
    }
    workspace.close()
    assert {year: int(tax or 0) for year, tax in years.items()} == {2022: 2, 2024: 4}


def test_parcels_bring_their_holders_and_go_with_them(
    run: Command, park: Path, tmp_path: Path
) -> None:
    header = ("地块名称", "不动产单元号", "面积(亩)", "用地单位", "信用代码", "承租企业")
    rows = [
        ["新一号地", unit_code(901), "15", "新来虚构食品有限公司", NEW, ""],
        ["新二号地", unit_code(902), "30", "新来虚构食品有限公司", "", "另一虚构药业有限公司"],
    ]
    file = write_xlsx(tmp_path / "p.xlsx", rows, header=header)
    said = run("import", "parcels", file, "-w", park, "--json")
    assert (said.status, said.json()["created"]) == (basics.DONE, 2)
    workspace = opened(park)
    (holder,) = workspace.enterprises.where(uscc=NEW)
    areas = [one.area_m2 for one in workspace.occupancies.where(enterprise_id=holder.id)]
    assert sorted(int(area or 0) for area in areas) == [10000, 20000]
    assert workspace.enterprises.count(name="另一虚构药业有限公司") == 1
    workspace.close()
    (batch,) = [
        one["batch"]
        for one in run("imports", "-w", park, "--json").json()
        if one["file"] == file.name
    ]
    assert run("undo-import", batch, "-w", park, "--json").json()["removed"] == 7
    assert run("check", "-w", park).status == basics.DONE


def test_known_records_are_skipped_or_decided_on(run: Command, park: Path, tmp_path: Path) -> None:
    def phone() -> str:
        workspace = opened(park)
        (made,) = workspace.enterprises.where(uscc=NEW)
        workspace.close()
        return made.phone

    def file(number: int) -> Path:
        row = ["新来虚构食品有限公司", NEW, "", f"0558-{number}"]
        return write_xlsx(tmp_path / f"{number}.xlsx", [row], header=HEADER)

    line = ("import", "enterprises")
    run(*line, file(1), "-w", park)
    skipped = run(*line, file(2), "-w", park, "--known", "skip", "--json").json()
    assert (skipped["unchanged"], phone()) == (1, "0558-1")
    asked = run(*line, file(3), "-w", park, "--known", "ask", "--json")
    assert (asked.status, phone()) == (basics.WITH_REJECTS, "0558-1")
    told = run(*line, file(3), "-w", park, "--known", "ask", "--decide", "2=update", "--json")
    assert (told.json()["updated"], phone()) == (1, "0558-3")


def test_an_import_is_taken_back_and_can_come_again(
    run: Command, park: Path, tmp_path: Path
) -> None:
    file = write_xlsx(tmp_path / "e.xlsx", ROWS, header=HEADER)
    before = {one["batch"] for one in run("imports", "-w", park, "--json").json()}
    run("import", "enterprises", file, "-w", park)
    (batch,) = {one["batch"] for one in run("imports", "-w", park, "--json").json()} - before
    done = run("undo-import", batch, "-w", park, "--json")
    assert done.json() == {"batch": batch, "removed": 2, "restored": 0}
    twice = run("undo-import", batch, "-w", park, "--json")
    assert (twice.status, twice.out) == (basics.REFUSED, "")
    assert run("import", "enterprises", file, "-w", park, "--json").json()["created"] == 2
    assert run("check", "-w", park).status == basics.DONE


@pytest.mark.parametrize(
    "wrong",
    [
        ("--column", "x=name"),
        ("--column", "1=nothing_like_it"),
        ("--decide", "2=perhaps"),
        ("--keep-code", "911101085513850820"),
        ("--sheet", "没有"),
        ("--header-row", "99"),
    ],
)
def test_options_that_mean_nothing_are_refused(
    run: Command, park: Path, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    file = write_xlsx(tmp_path / "e.xlsx", ROWS, header=HEADER)
    said = run("import", "enterprises", file, "-w", park, "--json", *wrong)
    assert (said.status, said.out) == (basics.REFUSED, "")
    boundaries = run("import", "boundaries", file, "-w", park, *wrong)
    assert boundaries.status == basics.REFUSED
