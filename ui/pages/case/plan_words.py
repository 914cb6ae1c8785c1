"""A plan's parts in words: alternatives, comments' places, changes between versions."""

from decimal import Decimal

from landsteward.app.language import localised, tr
from landsteward.app.plan_comparing import ChangeKind, PlanChange
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet
from landsteward.domain.plans import ORDINALS
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import ConsentKind, PlanPart
from ui import formats
from ui import words as shared


def ordinals(sheet: PlanSheet) -> dict[str, str]:
    """甲, 乙 … of each alternative by its key."""
    return {
        one.alternative.id: mark for mark, one in zip(ORDINALS, sheet.alternatives, strict=False)
    }


def alternative(mark: str, one: AlternativeSheet) -> str:
    """Its sign and its name."""
    name = one.alternative.name.strip()
    return f"{mark} {name}" if name else tr("Alternative {mark}", mark=mark)


def part(value: PlanPart) -> str:
    """What of a plan something is about."""
    return {
        PlanPart.WHOLE: tr("The plan as a whole"),
        PlanPart.CAUSE: tr("Cause analysis"),
        PlanPart.WAYS: tr("Ways out"),
        PlanPart.MEASURES: tr("Measures"),
        PlanPart.STEPS: tr("Steps"),
        PlanPart.RISKS: tr("Risks"),
        PlanPart.TARGETS: tr("Expected metrics"),
    }[value]


def consent(value: ConsentKind) -> str:
    """How the enterprise answered."""
    return {
        ConsentKind.SIGNED: tr("Agrees, signed"),
        ConsentKind.PAPER: tr("Agrees, signed on paper"),
        ConsentKind.REFUSED: tr("Does not agree"),
    }[value]


def change(value: ChangeKind) -> str:
    """新增 / 删去 / 修改."""
    return {
        ChangeKind.ADDED: tr("Newly added"),
        ChangeKind.REMOVED: tr("Taken out"),
        ChangeKind.CHANGED: tr("Changed"),
    }[value]


def change_tone(value: ChangeKind) -> str:
    """The tone of a change."""
    return {
        ChangeKind.ADDED: "good",
        ChangeKind.REMOVED: "bad",
        ChangeKind.CHANGED: "caution",
    }[value]


def field(name: str) -> str:
    """What a field of a plan is called."""
    return {
        "cause_analysis": tr("Cause analysis"),
        "firm_id": tr("Service firm"),
        "recommended_id": tr("Recommended"),
        "alternative": tr("Alternative"),
        "name": tr("Name"),
        "measures": tr("Measures"),
        "no_target_reason": tr("Or why none are expected"),
        "why": tr("Why it is chosen nevertheless (printed)"),
        "title": tr("Step"),
        "responsible": tr("Responsible"),
        "starts_on": tr("From"),
        "due_on": tr("Until"),
        "result": tr("What shows it"),
        "cost_wan": tr("Cost (10k yuan)"),
        "payer": tr("Payer"),
        "risk": tr("Risk"),
        "likelihood": tr("Likelihood"),
        "answer": tr("What is done about it"),
        "position": tr("Order"),
        "baseline": tr("Baseline"),
        "target": tr("Target"),
    }.get(name, "")


def about(one: PlanChange, pack: RulePack) -> str:
    """Where a change is: alternative, part, step, field."""
    said = one.about
    if one.part is PlanPart.WAYS:
        path = next((path for path in pack.paths if path.key == said), None)
        said = localised(path.name, path.name_en) if path is not None else said
    elif one.part is PlanPart.TARGETS:
        metric = next((metric for metric in pack.metrics if metric.key == said), None)
        said = localised(metric.name, metric.name_en) if metric is not None else said
    if one.part is PlanPart.STEPS and one.number is not None:
        said = tr("Step {number}", number=one.number)
    elif one.part is PlanPart.RISKS and one.number is not None:
        said = tr("Risk {number}", number=one.number)
    named = part(one.part) if one.part is not PlanPart.WHOLE else ""
    heads = [one.ordinal, said or named, str(one.year or ""), field(one.field)]
    kept = [text for text in dict.fromkeys(heads) if text]
    return " · ".join(kept)


def value(one: PlanChange, text: str) -> str:
    """A value of a change as people read it."""
    return shared.likelihood(text) if one.field == "likelihood" and text else text


def difference(mine: Decimal | None, other: Decimal | None, unit: str) -> str:
    """How much more or less, e.g. +600; nothing where they are alike or one is not known."""
    if mine is None or other is None or mine == other:
        return ""
    more = mine - other
    return formats.with_unit(f"{'+' if more > 0 else '−'}{formats.exact(abs(more))}", unit)
