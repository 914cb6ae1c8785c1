"""Service firms at the command line: each one's record in numbers."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landsteward.app.language import tr
from landsteward.cli.basics import DONE, json_option, on_option, opened, put, workspace_option
from landsteward.domain.firm_records import Measure

if TYPE_CHECKING:
    from landsteward.app.firms import FirmRow

_NONE = "–"
_HUNDREDTHS = Decimal("0.01")


@click.command()
@workspace_option
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="从这一天起计 (默认当年1月1日) / counted from this day (default: 1 January of the year)",
)
@on_option
@json_option
def firms(workspace: Path, since: datetime | None, on: datetime | None, as_json: bool) -> int:
    """第三方机构履约记录 / the records of service firms"""
    from landsteward.app.firms import firm_table
    from landsteward.domain.engagements import Term

    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        last = context.today()
        first = since.date() if since else date(last.year, 1, 1)
        rows = firm_table(context, within=Term(first=min(first, last), last=last))
    if as_json:
        put([_document(one, first, last) for one in rows])
    else:
        for line in _lines(rows):
            click.echo(line)
    return DONE


def _document(row: "FirmRow", first: date, last: date) -> dict[str, object]:
    record = row.record
    return {
        "firm": row.firm.name,
        "kind": row.firm.firm_kind,
        "from": first,
        "to": last,
        "engagements": row.running,
        "enterprises": row.enterprises,
        "undecided_conflicts": row.undecided,
        "plans": {
            "submitted": record.count(Measure.SUBMITTED),
            "returned": record.count(Measure.RETURNED),
            "accepted": record.count(Measure.ACCEPTED),
        },
        "days_to_plan": _rounded(record.mean(Measure.DAYS)),
        "dates": {"kept": record.count(Measure.KEPT), "missed": record.count(Measure.MISSED)},
        "closed": record.count(Measure.CLOSED),
        "rebounds": record.count(Measure.REBOUND),
        "tax_gain_wan_per_mu": _rounded(record.mean(Measure.TAX_GAIN)),
        "revenue_gain_wan_per_mu": _rounded(record.mean(Measure.REVENUE_GAIN)),
        "fee_wan": record.fee_wan,
        "fee_per_closed_wan": _rounded(record.fee_per_closed_wan),
    }


def _lines(rows: "list[FirmRow]") -> Iterator[str]:
    yield "\t".join(
        (
            tr("Firm"),
            tr("Enterprises"),
            tr("Plans submitted"),
            tr("Returned"),
            tr("Accepted"),
            tr("Days to plan"),
            tr("Dates kept"),
            tr("Closed"),
            tr("Rebounds"),
            tr("Fee, 万元"),
            tr("Fee per closed finding, 万元"),
        )
    )
    for row in rows:
        record = row.record
        kept = record.count(Measure.KEPT)
        yield "\t".join(
            (
                row.firm.name,
                str(row.enterprises),
                *(
                    str(record.count(one))
                    for one in (Measure.SUBMITTED, Measure.RETURNED, Measure.ACCEPTED)
                ),
                _text(record.mean(Measure.DAYS)),
                f"{kept}/{kept + record.count(Measure.MISSED)}",
                str(record.count(Measure.CLOSED)),
                str(record.count(Measure.REBOUND)),
                _text(record.fee_wan),
                _text(record.fee_per_closed_wan),
            )
        )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_HUNDREDTHS, rounding=ROUND_HALF_UP)


def _text(value: Decimal | None) -> str:
    return _NONE if value is None else format(_rounded(value) or Decimal(0), "f")
