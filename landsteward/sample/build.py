"""Building the sample: a walking clock, the register, then every case day by day."""

import random
from datetime import date, datetime, time, timedelta
from functools import partial

from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierView
from landsteward.app.people import add_organisation, add_person, introduce
from landsteward.app.ports.workspace import Workspace
from landsteward.app.slip_view import SlipView
from landsteward.bootstrap import (
    boundary_files,
    build_dossier_pdf,
    build_slip_pdf,
    bundled_packs,
)
from landsteward.domain.ids import Uuid7Source
from landsteward.domain.states import OrganisationKind, Role
from landsteward.sample import campaigns, ways, what_if
from landsteward.sample.content import FOLDER, read_park
from landsteward.sample.engagements import SampleEngagements
from landsteward.sample.grading import grading_days
from landsteward.sample.register import SampleRegister
from landsteward.sample.steps import read_cases
from landsteward.sample.stories import Story

_BEGIN = timedelta(days=400)
_CHIEF = "园管"
_DESK = "示例园区信息中心"


class WalkingClock:
    """A clock that is set to a day and goes on by half a minute whenever it is asked."""

    def __init__(self, day: date) -> None:
        self._zone = datetime.now().astimezone().tzinfo
        self.go_to(day)

    def now(self) -> datetime:
        """The next moment of that day's office hours."""
        self._now += timedelta(seconds=30)
        return self._now

    def today(self) -> date:
        """The day it stands on."""
        return self._now.date()

    def go_to(self, day: date) -> None:
        """Nine o'clock of a day; it never goes back."""
        self._now = datetime.combine(day, time(9), self._zone)


def build_sample(workspace: Workspace, *, today: date) -> None:
    """Fill a new workspace with the sample park, as it stands on a day.

    The same day gives the same records with the same keys.
    """
    clock = WalkingClock(today - _BEGIN)
    ids = Uuid7Source(
        lambda: int(clock.now().timestamp() * 1000), random.Random("sample").getrandbits
    )
    chief = introduce(
        workspace,
        clock=clock,
        ids=ids,
        name=_CHIEF,
        role=Role.ADMINISTRATOR,
        organisation_name=_DESK,
        organisation_kind=OrganisationKind.OTHER,
    )
    desk = Context(file=workspace, actor=chief, clock=clock, ids=ids, packs=bundled_packs())
    park = read_park()
    organisations: dict[str, str] = {}
    staff: dict[str, Context] = {}
    for entry in park.organisations:
        organisation = add_organisation(
            desk,
            kind=entry.kind,
            name=entry.name,
            code=entry.code,
            department=entry.department,
            firm_kind=entry.firm_kind,
        )
        organisations[entry.key] = organisation.id
        for one in entry.people:
            person = add_person(desk, organisation_id=organisation.id, name=one.name, role=one.role)
            staff[one.key] = desk.as_person(person)
    register = SampleRegister(staff["carrier"], today, organisations)
    with staff["carrier"].change():
        register.enter(park.enterprises)
        register.survey(FOLDER / "boundaries.txt", boundary_files())
    happenings = register.later + campaigns.happenings(staff, today, register.enterprises)
    firms = SampleEngagements(staff, today, register.enterprises, organisations)
    happenings += firms.happenings()
    for told in read_cases():
        story = Story(staff, today, register.enterprises[told.enterprise], _dossier, _slip)
        happenings += [(step.day, partial(story.tell, step)) for step in told.steps]
    happenings += ways.happenings(staff, today, register.enterprises)
    happenings += what_if.happenings(staff, register.enterprises)
    happenings += grading_days(staff, today.year - 1, register.enterprises)
    # Day by day over all cases; within a day and a case in the order they are told.
    for days, happen in sorted(happenings, key=lambda one: one[0]):
        day = today + timedelta(days=days)
        if day > clock.today():
            clock.go_to(day)
        happen()


def _slip(view: SlipView) -> tuple[bytes, int]:
    pages: list[int] = []
    return build_slip_pdf(view, on_page=pages.append), pages[-1]


def _dossier(view: DossierView) -> tuple[bytes, int]:
    pages: list[int] = []
    return build_dossier_pdf(view, on_page=pages.append), pages[-1]
