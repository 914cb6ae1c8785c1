"""Import of a roster of 10 000 enterprises beside pandas (calamine) read + executemany."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.imports import read_and_insert
from benchmarks.side_by_side import Comparison, compare
from tests.helpers.office import credit_code

ROWS = 10_000
LIMIT = 3.0
_HEADER = (
    *(
        "序号",
        "企业名称",
        "统一社会信用代码",
        "行业代码",
        "行业",
        "是否规上",
        "所属区县",
        "详细地址",
    ),
    *("法定代表人", "联系人", "联系电话", "备注"),
)
_TRADES = (("C1495", "食品制造业"), ("C2730", "中药饮片加工"), ("C3411", "锅炉制造"))


def write_xlsx(target: Path, count: int) -> None:
    """A county's roster as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet = book.add_worksheet("名录")
    sheet.write_row(0, 0, _HEADER)
    for number in range(count):
        code, trade = _TRADES[number % len(_TRADES)]
        cells = (
            *(number + 1, f"亳示第{number}{trade}有限公司", credit_code(f"91341699MA{number:07d}")),
            *(code, trade, "是" if number % 3 else "否", "示例县", f"示例镇工业大道{number}号"),
            *("张示例", "李样本", f"0558-{number:07d}", "Nah" if number % 2 else ""),
        )
        sheet.write_row(number + 1, 0, cells)
    book.close()


def measure(runs: int) -> Comparison:
    """Both sides read the same workbook into a fresh file on the same disk."""
    from landsteward import bootstrap
    from landsteward.app.importing import Outcome
    from landsteward.app.rosters import import_roster
    from landsteward.app.rosters_table import RosterKind

    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "roster.xlsx"
        write_xlsx(sheet, ROWS)
        fresh = iter(range(10_000))

        def ours() -> float:
            workspace = bootstrap.create_workspace(Path(folder) / f"ours-{next(fresh)}.lsw")
            context = bootstrap.make_context(
                workspace,
                actor=bootstrap.command_line_actor(
                    workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
                ),
            )
            began = time.perf_counter()
            result = import_roster(
                context,
                path=sheet,
                kind=RosterKind.ENTERPRISES,
                reader=bootstrap.roster_reader(),
            )
            took = time.perf_counter() - began
            workspace.close()
            if result.counts[Outcome.CREATED] != ROWS:
                raise RuntimeError(f"imported {result.counts} of {ROWS} rows")
            return took

        def theirs() -> float:
            return read_and_insert(sheet, Path(folder) / f"theirs-{next(fresh)}.db")

        return compare(
            what=f"import of {ROWS} enterprises, checked, with trail and search",
            beside="pandas (calamine) read + executemany",
            ours=ours,
            theirs=theirs,
            limit=LIMIT,
            runs=runs,
        )
