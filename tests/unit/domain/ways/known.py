"""What is known of a case, said in the words of the table: "seized", "2 years late"."""

from datetime import date
from decimal import Decimal
from typing import Any

from landsteward.domain.findings import Finding
from landsteward.domain.quantities import mu_to_m2
from landsteward.domain.register import (
    ConstructionProgress,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import RulePack
from landsteward.domain.standings import CaseFact, LandStanding
from landsteward.domain.states import DelayCause, FindingOrigin, Severity
from landsteward.domain.subjects import SupplySubject
from landsteward.domain.ways.facts import WayFacts, idle_of
from landsteward.packs.source import Packs

ON = date(2026, 3, 2)
PACK = Packs().current()

_M2 = {mu: mu_to_m2(Decimal(mu)) for mu in (60, 100, 101)}

WORDS: dict[str, dict[str, dict[str, Any]]] = {
    "seized": {"standing": {"seized": True}},
    "not seized": {"standing": {"seized": False}},
    "seized until yesterday": {"standing": {"seized": True, "seized_until": date(2026, 3, 1)}},
    "seized until today": {"standing": {"seized": True, "seized_until": ON}},
    "mortgaged": {"standing": {"mortgaged": True}},
    "not mortgaged": {"standing": {"mortgaged": False}},
    "mortgagee agrees": {"standing": {"mortgagee_agrees": True}},
    "mortgagee refuses": {"standing": {"mortgagee_agrees": False}},
    "soil unit": {"standing": {"soil_supervised": True}},
    "no soil unit": {"standing": {"soil_supervised": False}},
    "surveyed": {"standing": {"soil_surveyed": True}},
    "not surveyed": {"standing": {"soil_surveyed": False}},
    "in a park": {"standing": {"in_park": True}},
    "outside parks": {"standing": {"in_park": False}},
    "low-efficient": {"standing": {"low_efficient": True}},
    "not low-efficient": {"standing": {"low_efficient": False}},
    "due in 6 months": {"supply": {"agreed_start_on": date(2026, 9, 2)}},
    "6 months late": {"supply": {"agreed_start_on": date(2025, 9, 2)}},
    "1 year late": {"supply": {"agreed_start_on": date(2025, 3, 2)}},
    "2 years late": {"supply": {"agreed_start_on": date(2024, 3, 2)}},
    "started": {"supply": {"actual_start_on": date(2022, 5, 1)}},
    "suspended 1 year": {
        "supply": {"actual_start_on": date(2022, 5, 1)},
        "look": {
            "suspended_since": date(2025, 3, 2),
            "developed_area_m2": Decimal(10),
            "area_to_develop_m2": Decimal(100),
        },
    },
    "work goes on": {"look": {"suspended_since": None}},
    "own cause": {"look": {"cause": DelayCause.OWN}},
    "government cause": {"look": {"cause": DelayCause.GOVERNMENT}},
    "force majeure": {"look": {"cause": DelayCause.FORCE_MAJEURE}},
    "24 % invested": {
        "look": {"invested_wan": Decimal("24.99"), "total_investment_wan": Decimal(100)}
    },
    "25 % invested": {"look": {"invested_wan": Decimal(25), "total_investment_wan": Decimal(100)}},
    "splitting forbidden": {"supply": {"split_forbidden": True}},
    "splitting not forbidden": {"supply": {"split_forbidden": False}},
    "60 mu": {"parcel": {"area_m2": _M2[60]}},
    "100 mu": {"supply": {"area_m2": _M2[100]}},
    "101 mu": {"supply": {"area_m2": _M2[101]}},
    "101 mu by the parcel": {"parcel": {"area_m2": _M2[101]}},
    "grade D": {"graded": {"grade": "D"}},
    "grade C": {"graded": {"grade": "C"}},
    "offices 15 %": {"parcel": {"floor_m2": Decimal(1000), "office_floor_m2": Decimal(150)}},
    "offices 16 %": {"parcel": {"floor_m2": Decimal(1000), "office_floor_m2": Decimal(160)}},
    "services 15 %": {"parcel": {"floor_m2": Decimal(1000), "service_floor_m2": Decimal(150)}},
    "output contract": {"output": {"signed_on": date(2022, 1, 10)}},
}
"""Facts by the record that keeps them. What is found out for a case: "chain_partner yes"."""

TOGETHER = {
    "clean soil": ("no soil unit",),
    "no burden": ("no soil unit", "not mortgaged"),
    "agreed": ("recovery_agreed yes",),
    "not agreed": ("recovery_agreed no",),
    "consent": ("mortgaged", "mortgagee agrees"),
    "refusal": ("mortgaged", "mortgagee refuses"),
    "ready to split": (
        "not seized",
        "no soil unit",
        "chain_partner yes",
        "split_not_office yes",
        "split_usable yes",
        "25 % invested",
    ),
}
"""Several at once, under a word of their own."""


def finding(item: str | None = None, *, pack: RulePack = PACK) -> Finding:
    """A finding of a checklist item, in the category the pack puts it in."""
    known = pack.item(item) if item is not None else None
    department = known.department if known is not None else "natural_resources"
    return Finding(
        id="finding",
        case_id="case",
        finding_no=1,
        origin=FindingOrigin.ITEM,
        department=department,
        severity=Severity.SERIOUS,
        title=known.title if known is not None else "其他",
        item_key=item,
        category=pack.findings.category_of({item} if item else (), department),
    )


def facts(of: Finding, *words: str, on: date = ON, pack: RulePack = PACK) -> WayFacts:
    """What these words say is known; of everything else nothing is."""
    kept: dict[str, dict[str, Any]] = {}
    answers: dict[str, CaseFact] = {}
    for word in (each for one in words for each in TOGETHER.get(one, (one,))):
        if word not in WORDS:
            key, _, said = word.rpartition(" ")
            answers[key] = _answer(key, said)
            continue
        for record, values in WORDS[word].items():
            kept.setdefault(record, {}).update(values)
    parcel = Parcel(id="parcel", name="示例地块", **kept.get("parcel", {}))
    supply = SupplyContract(
        id="supply", parcel_id="parcel", identity="x", contract_no="合同1", **kept.get("supply", {})
    )
    look = (
        ConstructionProgress(
            id="look", parcel_id="parcel", observed_on=date(2026, 2, 1), **kept["look"]
        )
        if "look" in kept
        else None
    )
    subject = SupplySubject(parcel=parcel, contract=supply, holder=None, progress=look)
    return WayFacts(
        on=on,
        parcel=parcel,
        standing=(
            LandStanding(id="standing", parcel_id="parcel", **kept["standing"])
            if "standing" in kept
            else None
        ),
        supply=supply,
        look=look,
        output=(
            OutputContract(
                id="output", parcel_id="parcel", enterprise_id="enterprise", **kept["output"]
            )
            if "output" in kept
            else None
        ),
        graded=(
            YearlyMetrics(id="year", enterprise_id="enterprise", year=2025, **kept["graded"])
            if "graded" in kept
            else None
        ),
        idle=idle_of(pack, of, subject, on),
        answers=answers,
    )


def _answer(key: str, said: str) -> CaseFact:
    if said in ("yes", "no"):
        return CaseFact(id=key, case_id="case", fact=key, holds=said == "yes")
    return CaseFact(id=key, case_id="case", fact=key, value=Decimal(said))
