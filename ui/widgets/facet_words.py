"""What facets, their values and flags are called."""

from landsteward.app.language import localised, tr
from landsteward.app.list_filters import Choice, Choices
from landsteward.app.views import Facet, Flag, ListKind
from landsteward.domain.states import CaseStage, VisitStage
from ui import words


def title(facet: Facet, kind: ListKind) -> str:
    """The facet's name; years are those of what the list is about."""
    if facet is Facet.YEAR:
        return tr("Year of supply") if kind is ListKind.PARCELS else tr("Year of case")
    if kind is ListKind.VISITS and facet in (Facet.DEPARTMENT, Facet.STAGE):
        return tr("Department") if facet is Facet.DEPARTMENT else tr("Stage of the visit")
    if facet is Facet.DEPARTMENT:
        of_findings = kind in (ListKind.FINDINGS, ListKind.TRACKING)
        return tr("Department") if of_findings else tr("Department with open findings")
    return {
        Facet.CARRIER: tr("Carrier"),
        Facet.CATEGORY: tr("Category"),
        Facet.SEVERITY: tr("Severity"),
        Facet.DISPOSAL: tr("Disposal"),
        Facet.ROOT_CAUSE: tr("Root cause"),
        Facet.GRADE: tr("Grade"),
        Facet.STAGE: tr("Stage of the case"),
        Facet.FLAG: tr("Flags"),
        Facet.SCALE: tr("Scale"),
        Facet.NOT_VISITED: tr("Not visited since"),
        Facet.NOT_IN: tr("Not in the campaign"),
        Facet.INSPECTOR: tr("Inspector"),
        Facet.COLOUR: tr("Colour"),
        Facet.KIND: tr("What it is"),
        Facet.FIRM: tr("Service firm"),
        Facet.TURN: tr("Waits for"),
    }[facet]


def word(facet: Facet, choice: Choice) -> str:
    """What a value is called."""
    if facet is Facet.FLAG:
        return _flag(Flag(choice.value))
    if not choice.value:
        return {
            Facet.CARRIER: tr("No carrier"),
            Facet.GRADE: tr("Not graded"),
            Facet.STAGE: tr("No case"),
            Facet.CATEGORY: tr("Not said"),
            Facet.ROOT_CAUSE: tr("Not said"),
            Facet.SCALE: tr("Not on record"),
            Facet.NOT_VISITED: tr("Never visited"),
            Facet.FIRM: tr("No firm"),
            Facet.TURN: tr("Nobody"),
        }[facet]
    if facet is Facet.SEVERITY:
        return words.severity(int(choice.value))
    if facet is Facet.DISPOSAL:
        return words.disposal(choice.value)
    if facet is Facet.COLOUR:
        return words.board_colour(choice.value)
    if facet is Facet.KIND:
        return words.tracked(choice.value)
    if facet is Facet.TURN:
        return words.plan_waits_for(choice.value)
    if facet is Facet.SCALE:
        return words.scale(choice.value)
    if facet is Facet.STAGE and choice.value in list(VisitStage):
        # Stages of cases that share a value share the word.
        return words.visit_stage(choice.value)
    if facet is Facet.STAGE:
        return words.stage(CaseStage(choice.value))
    return localised(choice.name, choice.name_en) or choice.value


def said(facet: Facet, values: tuple[str, ...], choices: Choices, kind: ListKind) -> str:
    """A facet with what was chosen of it, in a few words."""
    known = {one.value: one for one in choices.get(facet, ())}
    named = [word(facet, known.get(value, Choice(value=value))) for value in values]
    return f"{title(facet, kind)}{tr(': ')}{tr(', ').join(named)}"


def _flag(flag: Flag) -> str:
    return {
        Flag.OVERDUE: tr("Finding overdue"),
        Flag.SUSPECTED: tr("Suspicion to look into"),
        Flag.NO_CASE: tr("No case under way"),
        Flag.NO_CODE: tr("No credit code"),
        Flag.NO_LAND: tr("No parcel"),
        Flag.NO_HOLDER: tr("Holder unknown"),
        Flag.NOT_STARTED: tr("Start overdue"),
        Flag.NO_BOUNDARY: tr("No boundary"),
        Flag.REPLY_WAITING: tr("Reply to a slip waited for"),
        Flag.REPLY_OVERDUE: tr("Reply to a slip overdue"),
        Flag.ANSWER_WAITING: tr("Objection to answer"),
        Flag.SUPERVISED: tr("Close supervision"),
        Flag.JOINT: tr("Joint disposal"),
        Flag.TODAY: tr("Due today"),
        Flag.LATE: tr("Day has passed"),
        Flag.NO_DAY: tr("No day yet"),
        Flag.PROBLEMS: tr("Problems found"),
        Flag.COMMENTED: tr("Open comments"),
    }[flag]
