"""Somebody who imports rosters made on the spot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters import RosterResult, import_roster, plan_roster_import
from landsteward.app.rosters_table import RosterKind
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.office import credit_code
from tests.helpers.sheets import write_xlsx

ENTERPRISES = (
    "企业名称",
    "统一社会信用代码",
    "行业名称",
    "是否规上",
    "平台载体",
    "联系电话",
    "备注",
)
PARCELS = ("宗地名称", "不动产单元号", "电子监管号", "坐落", "面积(公顷)", "土地用途", "平台载体")
METRICS = ("企业名称", "统一社会信用代码", "年度", "税收(万元)", "营业收入(万元)", "用地面积(亩)")

Rows = Sequence[Sequence[object]]


def code(number: int) -> str:
    """A valid credit code, another one for each number."""
    return credit_code(f"91341699MA{number:07d}")


def unit_code(number: int) -> str:
    """A well-formed unit code, another one for each number."""
    return f"341602001001GB{number:05d}W00000000"


class RosterDesk:
    """Imports rows under a header as workbooks of its own."""

    def __init__(self, ctx: Context, folder: Path) -> None:
        self.ctx = ctx
        self.folder = folder
        self.reader = RosterSheets()
        self._made = 0

    def sheet(self, header: Sequence[object], rows: Rows, *, title: Rows = ()) -> Path:
        """A workbook of these rows."""
        self._made += 1
        path = self.folder / f"roster-{self._made}.xlsx"
        return write_xlsx(path, rows, header=header, title=title)

    def take(self, kind: RosterKind, path: Path, **given: Any) -> RosterResult:
        """Import a file."""
        return import_roster(self.ctx, path=path, kind=kind, reader=self.reader, **given)

    def plan(self, kind: RosterKind, path: Path, **given: Any) -> RosterResult:
        """What importing a file would do."""
        return plan_roster_import(self.ctx, path=path, kind=kind, reader=self.reader, **given)

    def enterprises(self, *rows: Sequence[object], **given: Any) -> RosterResult:
        """Import enterprises under the usual header."""
        path = self.sheet(ENTERPRISES, rows)
        return self.take(RosterKind.ENTERPRISES, path, **given)

    def parcels(self, *rows: Sequence[object], **given: Any) -> RosterResult:
        """Import parcels under the usual header."""
        return self.take(RosterKind.PARCELS, self.sheet(PARCELS, rows), **given)

    def metrics(self, *rows: Sequence[object], **given: Any) -> RosterResult:
        """Import yearly figures under the usual header."""
        return self.take(RosterKind.METRICS, self.sheet(METRICS, rows), **given)

    def everything(self) -> dict[str, list[Any]]:
        """All records an import could touch."""
        space = self.ctx.workspace
        return {
            "enterprises": space.enterprises.where(),
            "parcels": space.parcels.where(),
            "metrics": space.yearly_metrics.where(),
            "batches": space.import_batches.where(),
            "rejects": space.import_rejects.where(),
        }


def outcomes(result: RosterResult) -> list[str]:
    """What became of each row."""
    return [row.outcome.value for row in result.outcomes]


def reasons(result: RosterResult) -> list[tuple[int, str, str]]:
    """Row, column and reason of every refusal."""
    return [(one.row, one.column, str(one.reason)) for one in result.refused]


def said(result: RosterResult) -> list[str]:
    """What is remarked on rows that were taken."""
    return [str(one.reason) for one in result.warnings]
