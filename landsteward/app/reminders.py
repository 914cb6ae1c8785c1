"""提醒单: for each person what is late or soon due; and the calendar of all deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from landsteward.app.context import Context
from landsteward.app.desk import DeskTask, cases_of, desk_lines
from landsteward.app.people import COMMAND_LINE, Member, list_members
from landsteward.domain.desk import CaseOnDesk
from landsteward.domain.dues import Due, DueKind
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import OrganisationKind
from landsteward.domain.text import msg

USUAL_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one person is reminded of: the next things that wait for them, and the deadlines of
    findings and steps of their organisation's cases.
    """

    member: Member
    tasks: tuple[DeskTask, ...]
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSheet:
    """The sheets of some people, as of a day and up to a last day."""

    on: date
    until: date
    reminders: tuple[Reminder, ...]
    wording: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All deadlines with the moment they were gathered at."""

    made_at: datetime
    dues: tuple[Due, ...]


_FOLLOWED = (DueKind.FINDING, DueKind.STEP)


def reminder_sheet(
    ctx: Context, *, person_id: str | None = None, days: int = USUAL_DAYS
) -> ReminderSheet:
    """The sheet of one person, or of everybody who has something due, as far as the person in use
    sees it; nobody hands the command line one. Raises RefusedMoveError where there is nothing for
    anybody.
    """
    if days < 0:
        raise RefusedMoveError(msg("A number of days from today on is needed."))
    today = ctx.today()
    until = today + timedelta(days=days)
    cases = ctx.workspace.desk.cases()
    dues = [one for one in ctx.workspace.desk.dues(today) if one.due_on <= until]
    members = [one for one in list_members(ctx) if one.person.active]
    if person_id is not None:
        members = [one for one in members if one.person.id == person_id]
    else:
        members = [one for one in members if one.organisation.name != COMMAND_LINE]
    found = [_reminder(ctx, one, cases, dues, until) for one in members]
    reminders = tuple(one for one in found if person_id or one.tasks or one.dues)
    if not reminders:
        raise RefusedMoveError(
            msg("Nobody has anything due until {day}.", day=until),
            remedy=msg("Ask for more days."),
        )
    return ReminderSheet(on=today, until=until, reminders=reminders, wording=ctx.pack().wording)


def member_named(ctx: Context, *, name: str) -> Member:
    """The person of that name. Raises KnownError where there is none, or more than one."""
    found = [
        one for one in list_members(ctx) if one.person.active and one.person.name == name.strip()
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise KnownError(msg("Nobody of that name is in this workspace."), where=name)
    raise KnownError(
        msg("{count} people have this name.", count=len(found)),
        where=name,
        remedy=msg("Print the sheets of everybody instead."),
    )


def deadlines(ctx: Context) -> Calendar:
    """Every deadline that is not met, of what the person in use sees."""
    return Calendar(made_at=ctx.clock.now(), dues=tuple(ctx.workspace.desk.dues(ctx.today())))


def _reminder(
    ctx: Context, member: Member, cases: list[CaseOnDesk], dues: Sequence[Due], until: date
) -> Reminder:
    # The cases are those the person in use sees; the other person says whose they are.
    theirs = ctx.as_person(member.person)
    tasks = tuple(
        one
        for one in desk_lines(theirs, cases)
        if one.mine and one.due_on is not None and one.due_on <= until
    )
    own = cases_of(theirs, cases) if may(member.person.role, Action.FOLLOW_UP) else frozenset()
    return Reminder(
        member=member,
        tasks=tasks,
        dues=tuple(
            one for one in dues if one.case_id in own and _followed(one, member.organisation)
        ),
    )


def _followed(due: Due, organisation: Organisation) -> bool:
    """Steps are followed by everybody at work on the case, a department's findings by itself."""
    if due.kind is DueKind.FINDING and organisation.kind is OrganisationKind.DEPARTMENT:
        return due.who == organisation.name
    return due.kind in _FOLLOWED
