"""People at work in a real workspace file, with a clock and keys a test can rely on."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from stdnum.cn import uscc

from db.workspace import create_workspace, open_workspace
from landsteward.app.conflicts import declare_conflicts
from landsteward.app.context import Context
from landsteward.app.engagements import engage_firm
from landsteward.app.occupancies import record_occupancy
from landsteward.app.people import add_organisation, add_person, introduce
from landsteward.app.ports.surroundings import IdSource, PackSource
from landsteward.app.ports.workspace import Workspace
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    record_supply,
)
from landsteward.domain.ids import Uuid7Source
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.sight import EVERYTHING
from landsteward.domain.states import OrganisationKind, Role
from tests.helpers.rule_packs import ECOLOGY, LAND, OnePack

CHINA = timezone(timedelta(hours=8))
FIRST_DAY = date(2026, 3, 2)


class SteppingClock:
    """A clock that stands on one day and moves on by a second whenever it is asked."""

    def __init__(self, day: date = FIRST_DAY) -> None:
        self._now = datetime.combine(day, time(9), CHINA)

    def now(self) -> datetime:
        """The next second."""
        self._now += timedelta(seconds=1)
        return self._now

    def today(self) -> date:
        """The day it stands on."""
        return self._now.date()

    def go_to(self, day: date) -> None:
        """Nine o'clock of another day."""
        self._now = datetime.combine(day, time(9), CHINA)

    @property
    def last(self) -> datetime:
        """The second it gave last."""
        return self._now

    def set(self, moment: datetime) -> None:
        """So that the next second follows this one."""
        self._now = moment

    def pass_days(self, days: int) -> None:
        """The same time so many days later."""
        self._now += timedelta(days=days)


def steady_ids(clock: SteppingClock, seed: int = 1) -> Uuid7Source:
    """Keys that are the same in every run."""
    return Uuid7Source(lambda: int(clock.now().timestamp() * 1000), random.Random(seed).getrandbits)


@dataclass(frozen=True, kw_only=True)
class Office:
    """One workspace and a context for each of the people a case needs.

    `land_inspector` and `land_lead` share a department; `ecology_lead` leads another one.
    """

    path: Path
    file: Workspace
    clock: SteppingClock
    land_inspector: Context
    land_lead: Context
    ecology_lead: Context
    carrier: Context
    consultant: Context
    administrator: Context
    reader: Context
    enterprise: Enterprise
    parcel: Parcel

    @property
    def workspace(self) -> Workspace:
        """All of the file, whatever whoever acted last may see of it."""
        self.file.look_as(EVERYTHING)
        return self.file

    @property
    def everybody(self) -> tuple[Context, ...]:
        """All seven of them."""
        return (
            self.land_inspector,
            self.land_lead,
            self.ecology_lead,
            self.carrier,
            self.consultant,
            self.administrator,
            self.reader,
        )


def open_office(folder: Path, *, packs: PackSource | None = None, seed: int = 1) -> Office:
    """A new workspace in a folder with its people, one enterprise and its one parcel.

    A copy: making one takes several times as long, and nearly every test begins in one.
    """
    first = _first_office(seed)
    path = folder / "office.lsw"
    with path.open("xb") as file:
        file.write(first.content)
    clock = SteppingClock()
    ids = steady_ids(clock, seed)
    for _key in range(first.keys):
        ids.new()
    clock.set(first.at)
    workspace = open_workspace(path)
    packs = packs or OnePack()

    def at_work(then: Context) -> Context:
        return Context(file=workspace, actor=then.actor, clock=clock, ids=ids, packs=packs)

    office = first.office
    return Office(
        path=path,
        file=workspace,
        clock=clock,
        land_inspector=at_work(office.land_inspector),
        land_lead=at_work(office.land_lead),
        ecology_lead=at_work(office.ecology_lead),
        carrier=at_work(office.carrier),
        consultant=at_work(office.consultant),
        administrator=at_work(office.administrator),
        reader=at_work(office.reader),
        enterprise=office.enterprise,
        parcel=office.parcel,
    )


class _CountedIds:
    """A source of keys that knows how many it gave."""

    def __init__(self, source: Uuid7Source) -> None:
        self._source = source
        self.given = 0

    def new(self) -> str:
        """The next key."""
        self.given += 1
        return self._source.new()


@dataclass(frozen=True, kw_only=True)
class _First:
    """An office that was made once: its file, and where clock and keys stood then."""

    office: Office
    content: bytes
    at: datetime
    keys: int


@cache
def _first_office(seed: int) -> _First:
    with TemporaryDirectory() as folder:
        clock = SteppingClock()
        ids = _CountedIds(steady_ids(clock, seed))
        office = _make_office(Path(folder) / "office.lsw", clock, ids)
        office.workspace.close()
        content = office.path.read_bytes()
    return _First(office=office, content=content, at=clock.last, keys=ids.given)


def _make_office(path: Path, clock: SteppingClock, ids: IdSource) -> Office:
    workspace = create_workspace(path)
    chief = introduce(
        workspace,
        clock=clock,
        ids=ids,
        name="管理员",
        role=Role.ADMINISTRATOR,
        organisation_name="信息中心",
        organisation_kind=OrganisationKind.OTHER,
    )
    administrator = Context(file=workspace, actor=chief, clock=clock, ids=ids, packs=OnePack())

    def organisation(kind: OrganisationKind, name: str, department: str | None = None) -> str:
        return add_organisation(administrator, kind=kind, name=name, department=department).id

    def person(organisation_id: str, name: str, role: Role) -> Context:
        added = add_person(administrator, organisation_id=organisation_id, name=name, role=role)
        return administrator.as_person(added)

    land = organisation(OrganisationKind.DEPARTMENT, "示例自然资源局", LAND)
    ecology = organisation(OrganisationKind.DEPARTMENT, "示例生态环境局", ECOLOGY)
    park = organisation(OrganisationKind.CARRIER, "示例园区管委会")
    firm = organisation(OrganisationKind.SERVICE_FIRM, "示例律师事务所")
    enterprise = add_enterprise(
        administrator,
        name="示例机械制造有限公司",
        uscc=credit_code("91341699MA8EXA01"),
        carrier_id=park,
        legal_representative="甲示例",
    )
    parcel = add_parcel(
        administrator,
        name="示例路1号地块",
        location="示例路1号",
        area_m2=Decimal(40000),
        land_use="工业用地",
        carrier_id=park,
    )
    record_supply(
        administrator,
        parcel_id=parcel.id,
        holder_id=enterprise.id,
        electronic_no="3416992021B00017",
        area_m2=Decimal(40000),
        plot_ratio_min=Decimal("1.0"),
        signed_on=date(2021, 3, 1),
        agreed_start_on=date(2021, 9, 1),
        agreed_completion_on=date(2023, 9, 1),
        actual_start_on=date(2021, 10, 8),
    )
    record_occupancy(administrator, parcel_id=parcel.id, enterprise_id=enterprise.id)
    consultant = person(firm, "顾律师", Role.CONSULTANT)
    engagement = engage_firm(administrator, firm_id=firm, carrier_id=park)
    declare_conflicts(consultant, engagement_id=engagement.id, enterprise_ids=[enterprise.id])
    return Office(
        path=path,
        file=workspace,
        clock=clock,
        land_inspector=person(land, "林检查", Role.INSPECTOR),
        land_lead=person(land, "鲁负责", Role.DEPARTMENT_LEAD),
        ecology_lead=person(ecology, "沈负责", Role.DEPARTMENT_LEAD),
        carrier=person(park, "柯专员", Role.CARRIER_OFFICER),
        consultant=consultant,
        administrator=administrator,
        reader=person(administrator.actor.organisation_id, "查阅", Role.READER),
        enterprise=enterprise,
        parcel=parcel,
    )


def credit_code(first_characters: str) -> str:
    """A 统一社会信用代码 with a valid check digit: the first 17 characters, padded with zeros."""
    body = first_characters.ljust(17, "0")
    return body + str(uscc.calc_check_digit(body + "0"))
