"""Ways out in words: how they stand, what their reasons rest on, and where that is entered."""

from decimal import Decimal

from landsteward.app.language import localised, tr
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import ReasonKind, WayFact, WayReason, WayState
from landsteward.domain.findings import LegalBasis
from landsteward.domain.screening import EnteredAt
from ui import formats
from ui import words as shared
from ui.pages.screening import words as screening
from ui.workbench import Place

_OF_PARCEL = {
    EnteredAt.PARCEL: "facts",
    EnteredAt.SUPPLY: "supply",
    EnteredAt.CONSTRUCTION: "progress",
    EnteredAt.OUTPUT: "output",
    EnteredAt.STANDING: "standing",
}
_KIND_TONES = {
    ReasonKind.MET: "good",
    ReasonKind.UNKNOWN: "plain",
    ReasonKind.TO_MEET: "caution",
    ReasonKind.BARRED: "bad",
}


def state(value: WayState) -> str:
    """可走 / 附条件可走 / 不可走."""
    return {
        WayState.OPEN: tr("Way open"),
        WayState.OPEN_IF: tr("Open if …"),
        WayState.BARRED: tr("Barred"),
    }[value]


def state_tone(value: WayState) -> str:
    """The tone of a state."""
    return {WayState.OPEN: "good", WayState.OPEN_IF: "caution", WayState.BARRED: "bad"}[value]


def kind(value: ReasonKind) -> str:
    """What one condition comes to."""
    return {
        ReasonKind.MET: tr("met"),
        ReasonKind.UNKNOWN: tr("not known yet"),
        ReasonKind.TO_MEET: tr("still to be met"),
        ReasonKind.BARRED: tr("bars it"),
    }[value]


def kind_tone(value: ReasonKind) -> str:
    """The tone of a reason."""
    return _KIND_TONES[value]


def sign(reason: WayReason) -> str:
    """A reason in a few words, with its sign."""
    return f"{reason.kind.sign} {localised(reason.text, reason.text_en)}"


def basis(one: LegalBasis) -> str:
    """Law, article and edition."""
    return f"{screening.basis(one)} · {screening.version(one)}"


def fact(one: WayFact) -> str:
    """A fact with its value."""
    return tr("{name}: {value}", name=fact_name(one.name), value=fact_value(one))


def fact_value(one: WayFact) -> str:
    """A fact's value as people read it."""
    if one.value is None:
        return tr("not on record")
    if one.name == "found_out":
        return tr("Met") if one.value == "yes" else tr("Not met")
    if one.value in ("yes", "no"):
        return tr("Yes") if one.value == "yes" else tr("No")
    if one.name == "delay_cause":
        return shared.delay_cause(one.value)
    if one.name == "idle_kind":
        return _idle_kind(one.value)
    if one.name.endswith(("_m2", "_mu", "_wan")):
        return formats.exact(Decimal(one.value))
    return one.value


def _idle_kind(value: str) -> str:
    return {
        "not_idle": tr("not idle"),
        "not_started": tr("never started (type 1)"),
        "suspended": tr("started and suspended (type 2)"),
    }.get(value, value)


def fact_name(name: str) -> str:
    """What a fact is called."""
    return {
        "seized": tr("Seized"),
        "seized_by": tr("Seized by"),
        "seized_until": tr("Seized until"),
        "mortgaged": tr("Mortgaged"),
        "mortgagee_agrees": tr("The mortgagee agrees"),
        "soil_supervised": tr("Unit under soil supervision"),
        "soil_surveyed": tr("Soil survey done"),
        "in_park": tr("Inside a park"),
        "low_efficient": tr("Recognised as low-efficiency land"),
        "idle_kind": tr("Idle land"),
        "full_years": tr("Full years"),
        "finding_title": tr("Finding"),
        "split_forbidden": tr("Splitting forbidden by contract"),
        "county_limit": tr("Least area and largest share set by the county"),
        "part_mu": tr("Area of the part (mu)"),
        "output_contract": tr("Output contract"),
        "found_out": tr("Found out for the case"),
        "found_out_note": tr("Note"),
    }.get(name) or screening.fact_name(name)


def entered_at(at: EnteredAt) -> str:
    """Where facts are entered."""
    return screening.entered_at(at)


def place_of(at: EnteredAt, ways: WaysOut) -> Place | None:
    """The page where facts are entered; None where it is on this page, or nowhere yet."""
    if at in _OF_PARCEL and ways.facts.parcel is not None:
        return Place("parcel", ways.facts.parcel.id, _OF_PARCEL[at])
    if at is EnteredAt.YEARS and ways.case.enterprise_id is not None:
        return Place("enterprise", ways.case.enterprise_id, "years")
    if at is EnteredAt.PACK:
        return Place("rules")
    return None
