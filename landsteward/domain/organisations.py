"""Who takes part: departments, carriers (counties and zones), service firms, and their people.

Source: plan item 17. Departments find and dispose; third parties only propose and track.
"""

from dataclasses import dataclass

from landsteward.domain.states import FirmKind, OrganisationKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A department, carrier or service firm.

    `department` is the department's key in the rule pack (`natural_resources` …); `code` is an
    area code (行政区划) or, for carriers that have none, a code of the workspace's own.
    """

    id: str
    kind: OrganisationKind
    name: str
    code: str | None = None
    department: str | None = None
    firm_kind: FirmKind | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works in the program, with one role in one organisation.

    `qualification` (律师, 注册会计师 …) and the number of its licence are those of a firm's people.
    """

    id: str
    organisation_id: str
    name: str
    role: Role
    phone: str = ""
    active: bool = True
    qualification: str = ""
    licence_no: str = ""
