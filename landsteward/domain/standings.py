"""What decides over ways out and stands in no contract: a parcel's rights and limits, and what
somebody found out for a case.

`None` means "not on record", never "no".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LandStanding:
    """Rights and limits of one parcel (权利与限制), as found out on `checked_on`.

    Seizure and mortgage: 城市房地产管理法 art. 38, 民法典 art. 406. `soil_supervised`: the user is
    a 土壤污染重点监管单位, `soil_surveyed`: the soil survey is done. `low_efficient`: recognised by
    the county's criteria (plan item 16).
    """

    id: str
    parcel_id: str
    checked_on: date | None = None
    seized: bool | None = None
    seized_by: str = ""
    seized_until: date | None = None
    mortgaged: bool | None = None
    mortgagee: str = ""
    mortgagee_agrees: bool | None = None
    soil_supervised: bool | None = None
    soil_surveyed: bool | None = None
    soil_surveyed_on: date | None = None
    in_park: bool | None = None
    low_efficient: bool | None = None
    low_efficient_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """What was found out for a case about one thing a way out asks, e.g. that the buyer is a
    recognised chain partner.

    `fact` is a key of the rule pack; `holds` None while only a figure or a note is there.
    """

    id: str
    case_id: str
    fact: str
    holds: bool | None = None
    value: Decimal | None = None
    note: str = ""
