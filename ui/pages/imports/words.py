"""What kinds of imports and what becomes of rows are called, and where one goes afterwards."""

from landsteward.app.importing import Outcome
from landsteward.app.language import tr
from landsteward.app.rosters_table import ColumnSeen
from ui.pages.imports.preview_rows import Fate
from ui.workbench import Place

_AFTERWARDS = {
    "parcels": Place("register", step="parcels"),
    "land-supply": Place("screening"),
}


def kind_word(kind: str) -> str:
    """What an import is of; a kind without a word is shown as the command line names it."""
    return {
        "enterprises": tr("Roster of enterprises"),
        "parcels": tr("Roster of parcels"),
        "metrics": tr("Figures of years"),
        "land-supply": tr("Land supplies"),
        "boundaries": tr("Boundaries"),
    }.get(kind, kind)


def next_place(kind: str) -> tuple[Place, str]:
    """Where what was imported is looked at, and the words of the button that goes there."""
    place = _AFTERWARDS.get(kind, Place("register", step="enterprises"))
    word = {
        "screening": tr("Screen the supplies"),
        "parcels": tr("To the parcels"),
    }.get(place.step or place.page, tr("To the enterprises"))
    return place, word


def fate_word(fate: Fate | Outcome) -> str:
    """What becomes of a row."""
    return {
        Fate.CREATED: tr("New"),
        Fate.UPDATED: tr("Updated"),
        Fate.UNCHANGED: tr("Unchanged"),
        Fate.TO_DECIDE: tr("To decide"),
        Fate.REJECTED: tr("Refused"),
        Fate.PASSED_OVER: tr("Not a row"),
    }[Fate(fate.value)]


def fate_tone(fate: Fate) -> str:
    """The tone it is shown in."""
    return {
        Fate.CREATED: "good",
        Fate.UPDATED: "accent",
        Fate.TO_DECIDE: "caution",
        Fate.REJECTED: "bad",
    }.get(fate, "plain")


def column_letter(index: int) -> str:
    """A column as a spreadsheet names it: A, B, … Z, AA, …"""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def taken_for(column: ColumnSeen, names: dict[str, str]) -> str:
    """What a column is taken for; `names` are those of the fields."""
    if not column.field:
        return tr("Not imported")
    return names.get(column.field, column.field)


def unit_and_year(column: ColumnSeen) -> str:
    """The unit its figures are read in, and of which year they are."""
    parts = []
    if column.unit:
        parts.append(column.unit if column.unit_said else tr("{unit}?", unit=column.unit))
    if column.year is not None:
        parts.append(tr("of {year}", year=column.year))
    return " · ".join(parts)
