"""A workspace on disk with one organisation and one person, and small things tests are made of."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from db.library import Database
from db.workspace import SqlWorkspace, create_workspace, open_workspace
from landsteward.domain.casework import Case
from landsteward.domain.findings import Finding
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.states import (
    CaseStage,
    FindingOrigin,
    FindingState,
    OrganisationKind,
    Role,
    Severity,
)

MOMENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
ACTOR = "person-1"


@dataclass
class Desk:
    """An open workspace and somebody who works in it."""

    path: Path
    workspace: SqlWorkspace
    moment: datetime = MOMENT
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def db(self) -> Database:
        """The connection beneath, for what only another program would do."""
        return self.workspace._session.db

    def change(self, actor_id: str = ACTOR) -> AbstractContextManager[None]:
        """A transaction in the person's name, a minute after the one before."""
        self.moment += timedelta(minutes=1)
        return self.workspace.transaction(actor_id=actor_id, at=self.moment)

    def key(self, kind: str) -> str:
        """A key nobody else has."""
        return f"{kind}-{next(self._numbers):06d}"

    def enterprise(self, name: str, **values: object) -> Enterprise:
        """An enterprise that is kept."""
        record = Enterprise(id=self.key("e"), name=name, name_key=name, **values)  # type: ignore[arg-type]
        with self.change():
            self.workspace.enterprises.add(record)
        return record

    def parcel(self, name: str, **values: object) -> Parcel:
        """A parcel that is kept."""
        record = Parcel(id=self.key("p"), name=name, **values)  # type: ignore[arg-type]
        with self.change():
            self.workspace.parcels.add(record)
        return record

    def case(self, case_no: str, enterprise: Enterprise | None = None, **values: object) -> Case:
        """A case that is kept."""
        given: dict[str, object] = {
            "stage": CaseStage.REGISTERED,
            "opened_on": self.moment.date(),
            "parcel_id": None,
            **values,
        }
        record = Case(
            id=self.key("c"),
            case_no=case_no,
            enterprise_id=enterprise.id if enterprise else None,
            pack="test",
            pack_version="1",
            **given,  # type: ignore[arg-type]
        )
        with self.change():
            self.workspace.cases.add(record)
        return record

    def reopen(self) -> None:
        """Close the file and open it again."""
        self.workspace.close()
        self.workspace = open_workspace(self.path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "园区.lsw"
    here = Desk(path, create_workspace(path))
    with here.change():
        here.workspace.organisations.add(
            Organisation(id="org-1", kind=OrganisationKind.DEPARTMENT, name="自然资源局")
        )
        here.workspace.people.add(
            Person(id=ACTOR, organisation_id="org-1", name="张三", role=Role.INSPECTOR)
        )
    yield here
    here.workspace.close()


def finding(desk: Desk, case: Case, state: FindingState, deadline: date | None) -> Finding:
    """A finding of a case that is kept."""
    record = Finding(
        id=desk.key("f"),
        case_id=case.id,
        finding_no=desk.workspace.findings.count(case_id=case.id) + 1,
        origin=FindingOrigin.MANUAL,
        department="natural_resources",
        severity=Severity.ORDINARY,
        title="问题",
        state=state,
        deadline_on=deadline,
    )
    with desk.change():
        desk.workspace.findings.add(record)
    return record
