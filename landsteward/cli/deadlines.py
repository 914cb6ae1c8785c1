"""Commands on what is due: reminder sheets for people, a calendar of all deadlines."""

from datetime import datetime
from pathlib import Path

import click

from landsteward.app.language import tr
from landsteward.cli.basics import (
    DONE,
    noted,
    on_option,
    opened,
    output_option,
    refuse_same_file,
    say,
    workspace_option,
)


@click.command()
@workspace_option
@output_option
@click.option("--person", help="只出这个人的 / of this person only")
@click.option(
    "--days",
    type=click.IntRange(0, 3650),
    default=14,
    show_default=True,
    help="今后几天内到期的 / due within so many days",
)
@on_option
def reminders(
    workspace: Path, output: Path, person: str | None, days: int, on: datetime | None
) -> int:
    """提醒单 PDF / what is late or due soon, a sheet for each person, as PDF."""
    from landsteward.app.exports import may_export
    from landsteward.app.files import write_whole
    from landsteward.app.reminders import member_named, reminder_sheet
    from landsteward.bootstrap import build_reminders_pdf
    from landsteward.domain.exports import Exported

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        may_export(context)
        person_id = member_named(context, name=person).person.id if person else None
        sheet = reminder_sheet(context, person_id=person_id, days=days)
    write_whole(output, build_reminders_pdf(sheet))
    noted(workspace, output, kind=Exported.PAPER, title=tr("Reminder sheets"))
    say(tr("{count} people in {file}.", count=len(sheet.reminders), file=output))
    return DONE


@click.command()
@workspace_option
@output_option
@on_option
def calendar(workspace: Path, output: Path, on: datetime | None) -> int:
    """全部期限的日历文件 / all deadlines as a calendar file (.ics)."""
    from landsteward.app.exports import may_export
    from landsteward.app.files import write_whole
    from landsteward.app.reminders import deadlines
    from landsteward.bootstrap import calendar_file
    from landsteward.domain.exports import Exported

    refuse_same_file(output, workspace)
    with opened(workspace, on=on.date() if on else None, writing=False) as context:
        may_export(context)
        found = deadlines(context)
    write_whole(output, calendar_file(found))
    noted(workspace, output, kind=Exported.LIST, title=tr("Deadlines"), rows=len(found.dues))
    say(tr("{count} deadlines in {file}.", count=len(found.dues), file=output))
    return DONE
