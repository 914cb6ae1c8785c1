"""Of whom a person sees anything in a workspace, and which values are masked (脱敏) for them.

Source: plan item 17; `domain.md` §9: tax figures and precise coordinates may be restricted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from landsteward.domain.organisations import Person
from landsteward.domain.permissions import ROLE_SEES, Sees
from landsteward.domain.states import Role
from landsteward.domain.text import msg

RESTRICTED = msg("restricted for your role")
"""Why there is no value where one is masked."""


class Restricted(StrEnum):
    """Kinds of values that may be masked: taxes and what is worked out from them, where exactly
    things lie, how people are reached, and by what they are identified.
    """

    TAX = "tax"
    COORDINATES = "coordinates"
    PHONES = "phones"
    ID_NUMBERS = "id_numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a workspace has settled about who sees what.

    `all_carriers`: carriers' officers see every carrier's enterprises. `grace_days`: so long after
    its end a firm may still read what it was engaged for. Nothing is masked until somebody says so.
    """

    all_carriers: bool = False
    grace_days: int = 30
    masked: frozenset[tuple[Role, Restricted]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one person sees on a day.

    Of carriers the officer's own and what belongs to none yet; of engagements those of the firm
    that have begun and had not ended on `since`.
    """

    sees: Sees = Sees.ALL
    carrier_id: str = ""
    firm_id: str = ""
    on: date | None = None
    since: date | None = None
    masked: frozenset[Restricted] = frozenset()

    @property
    def whole(self) -> bool:
        """Everything, unmasked."""
        return self.sees is Sees.ALL and not self.masked


EVERYTHING = Sight()


def seen_by(role: Role, access: Access) -> Sees:
    """Of whom a role sees anything, as a workspace has settled it."""
    sees = ROLE_SEES[role]
    return Sees.ALL if sees is Sees.OWN_CARRIER and access.all_carriers else sees


def sight_of(person: Person, access: Access, today: date) -> Sight:
    """What a person sees today."""
    masked = frozenset(kind for role, kind in access.masked if role is person.role)
    sees = seen_by(person.role, access)
    if sees is Sees.OWN_CARRIER:
        return Sight(sees=sees, carrier_id=person.organisation_id, masked=masked)
    if sees is Sees.ENGAGED:
        since = today - timedelta(days=access.grace_days)
        return Sight(
            sees=sees, firm_id=person.organisation_id, on=today, since=since, masked=masked
        )
    return Sight(sees=sees, masked=masked)
