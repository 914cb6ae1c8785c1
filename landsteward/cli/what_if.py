"""测算 at the command line: what becomes of an enterprise, and the least that lifts its grade."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landsteward.app.language import localised, render, tr
from landsteward.cli.basics import DONE, json_option, opened, put, say, workspace_option
from landsteward.domain.errors import KnownError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.what_if import Ground
    from landsteward.domain.what_if.least import Least
    from landsteward.domain.what_if.outlook import Outlook

_SETTING = re.compile(r"([a-z_0-9]+)=([+-]?)(\d+(?:\.\d+)?)(%?)")


@click.command("what-if")
@click.argument("enterprise")
@workspace_option
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="LEVER=VALUE",
    help="改什么：tax=+50、tax=+10%、revenue=8000、land_m2=-6000；可写多次 / what changes, by so "
    "much or to so much; may be given several times",
)
@click.option(
    "--for", "grade", help="至少改多少才到这一等级 / the least of each lever for this grade"
)
@click.option("--year", type=int, help="评价年度，默认最近一次 / the graded year (default: latest)")
@click.option("--parcel", help="哪一宗地（名称），默认最大的一宗 / which parcel, by name")
@json_option
def what_if(
    enterprise: str,
    workspace: Path,
    settings: tuple[str, ...],
    grade: str | None,
    year: int | None,
    parcel: str | None,
    as_json: bool,
) -> int:
    """测算：改了会怎样，至少改多少 / what becomes of an enterprise if it did otherwise."""
    from landsteward.app.what_if import ground, least_lifts
    from landsteward.app.what_if_wording import enterprise_called, parcel_called

    with opened(workspace, writing=False) as context:
        found = enterprise_called(context, text=enterprise)
        on = ground(context, enterprise_id=found.id, year=year)
        if parcel is not None:
            on = on.on(parcel_called(on, parcel))
        changes = _changes(on, settings)
        now, then = on.now, _look(on, changes)
        wanted: tuple[Least, ...] = ()
        if grade is not None:
            if grade not in on.run.scheme.grades:
                raise KnownError(
                    msg("There is no grade {grade}.", grade=grade),
                    where="--for",
                    remedy=msg("These are there: {keys}.", keys=", ".join(on.run.scheme.grades)),
                )
            wanted = tuple(one for one in least_lifts(on, changes) if one.grade == grade)
    if as_json:
        put(_document(on, now, then, wanted))
        return DONE
    for line in _lines(on, now, then, wanted):
        click.echo(line)
    for remark in then.remarks:
        say(render(remark))
    return DONE


def _look(on: "Ground", changes: dict[str, Decimal]) -> "Outlook":
    from landsteward.app.what_if import as_stage

    return on.then(as_stage(on.run.year, changes))


def _changes(on: "Ground", settings: tuple[str, ...]) -> dict[str, Decimal]:
    """What is meant: `=50` to so much, `=+50` and `=-50` by so much, with `%` of what is there.

    Land is let go: `land_m2=-6000` gives up so much. Raises KnownError.
    """
    from landsteward.domain.what_if.levers import GIVEN_UP, LEVER_OF

    short = {re.sub(r"_(wan|tce|t|m2|average)$", "", key): key for key in LEVER_OF}
    found: dict[str, Decimal] = {}
    for text in settings:
        match = _SETTING.fullmatch(text.strip())
        if match is None:
            raise KnownError(
                msg("This cannot be understood as a change."),
                where=text,
                remedy=msg("Write it like tax=+50, tax=+10%, revenue=8000 or land_m2=-6000."),
            )
        name, sign, digits, percent = match.groups()
        amount = Decimal(digits)
        if name in ("land", "land_m2") and sign == "-":
            found[GIVEN_UP] = _of_land(on, amount, percent)
            continue
        key = short.get(name, name)
        if key not in LEVER_OF:
            raise KnownError(
                msg("There is no lever {name}.", name=name),
                where=text,
                remedy=msg("These are there: {keys}.", keys=", ".join(sorted(short))),
            )
        if not sign:
            found[key] = amount
            continue
        before = on.position.value(key)
        if before is None:
            raise KnownError(
                msg("What it is now is not on record."),
                where=text,
                remedy=msg("Say what it is to be, e.g. {name}=50.", name=name),
            )
        by = before * amount / 100 if percent else amount
        found[key] = before + by if sign == "+" else before - by
    return found


def _of_land(on: "Ground", amount: Decimal, percent: str) -> Decimal:
    land = on.position.subject.land_m2
    return amount * (land or Decimal(0)) / 100 if percent else amount


def _lines(
    on: "Ground", now: "Outlook", then: "Outlook", wanted: tuple["Least", ...]
) -> Iterator[str]:
    from landsteward.app.what_if_wording import (
        bounded_line,
        grading_words,
        least_line,
        lever_line,
        placing_words,
    )

    yield f"{on.name}\t{grading_words(on.run)}"
    for key, value in then.changes.items():
        yield lever_line(key, on.position.value(key), value)
    for metric in on.metrics:
        before, after = now.values.get(metric.key), then.values.get(metric.key)
        if before is not None or after is not None:
            yield "\t".join(
                (
                    localised(metric.name, metric.name_en),
                    _figure(before),
                    _figure(after),
                    metric.unit,
                )
            )
    for line in then.bounded:
        yield bounded_line(line)
    yield "\t".join((tr("now"), placing_words(now.placing)))
    yield "\t".join((tr("then"), placing_words(then.placing)))
    for one in wanted:
        yield least_line(one)


def _figure(value: Decimal | None) -> str:
    return "–" if value is None else f"{round(value, 4):f}"


def _document(
    on: "Ground", now: "Outlook", then: "Outlook", wanted: tuple["Least", ...]
) -> dict[str, object]:
    from landsteward.app.what_if_wording import known
    from landsteward.domain.screening import Missing

    return {
        "enterprise": on.name,
        "year": on.run.year,
        "scheme": on.run.scheme.key,
        "state": on.run.state.value,
        "latest": on.run.id == on.latest.id,
        "changes": {
            key: {"from": on.position.value(key), "to": value}
            for key, value in then.changes.items()
        },
        "now": _placed(now),
        "then": _placed(then),
        "values": {
            key: {"now": now.values.get(key), "then": then.values.get(key)}
            for key in sorted({*now.values, *then.values})
        },
        "limits": [
            {
                "term": line.key,
                "now": known(line.before),
                "then": known(line.after),
                "limit": None if isinstance(line.limit, Missing) else line.limit.value,
                "kept_now": line.kept(line.before),
                "kept_then": line.kept(line.after),
            }
            for line in then.bounded
        ],
        "remarks": [render(one) for one in then.remarks],
        "least": [
            {
                "lever": one.lever,
                "grade": one.grade,
                "already": one.already,
                "value": one.value,
                "change": one.change,
                "rank": one.rank,
                "of": one.of,
                "why_not": render(one.why) if one.why is not None else None,
            }
            for one in wanted
        ],
    }


def _placed(one: "Outlook") -> dict[str, object]:
    found = one.placing
    return {"score": found.score, "rank": found.rank, "of": found.of or None, "grade": found.grade}
