"""The words of gradings: states, groups, changes, why somebody has no score."""

import json
from decimal import Decimal

from landsteward.app.language import localised, render, tr
from landsteward.domain.grading import reasons
from landsteward.domain.grading.scheme import BaselineFrom, Scheme, Weighted
from landsteward.domain.gradings import GradingRun, ObjectionState, RunState
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.states import Scale
from ui import formats, words
from ui.pages.register.indicators import name_of


def run_state(state: RunState) -> str:
    """Where a run stands."""
    return {
        RunState.DRAFT: tr("Being worked out"),
        RunState.NOTICE: tr("On public notice"),
        RunState.FINAL: tr("Final"),
        RunState.TAKEN_BACK: tr("Taken back"),
    }[state]


def run_tone(state: RunState) -> str:
    """The tone of that."""
    return {
        RunState.DRAFT: "plain",
        RunState.NOTICE: "accent",
        RunState.FINAL: "good",
        RunState.TAKEN_BACK: "caution",
    }[state]


def objection_state(state: ObjectionState) -> str:
    """Where an objection stands."""
    return {
        ObjectionState.OPEN: tr("To be answered"),
        ObjectionState.REJECTED: tr("Not upheld"),
        ObjectionState.PROPOSED: tr("Waits for a second person"),
        ObjectionState.APPROVED: tr("Grade changed"),
    }[state]


def objection_tone(state: ObjectionState) -> str:
    """The tone of that."""
    return {
        ObjectionState.OPEN: "caution",
        ObjectionState.REJECTED: "plain",
        ObjectionState.PROPOSED: "accent",
        ObjectionState.APPROVED: "good",
    }[state]


def group(scale: Scale | str | None) -> str:
    """The group somebody is ranked in."""
    return words.scale(scale) if scale else tr("Group unknown")


def change(value: str) -> str:
    """Better, the same or worse than the year before; a shape stands with the word."""
    return {
        "better": tr("▲ better"),
        "same": tr("= same"),
        "worse": tr("▼ worse"),
    }[value]


def change_tone(value: str) -> str:
    """The tone of that."""
    return {"better": "good", "worse": "bad"}.get(value, "plain")


def lacking(kept: str) -> str:
    """Why somebody has no score, from the keys as they are kept."""
    return because(tuple(json.loads(kept)))


def because(keys: tuple[str, ...]) -> str:
    """Why somebody has no score; empty where nothing is lacking."""
    why = reasons.because(keys)
    return render(why) if why is not None else ""


def cannot_be_scored(keys: tuple[str, ...]) -> str:
    """The sentence for it."""
    return tr("Cannot be scored: {reason}", reason=because(keys))


def scheme_name(scheme: Scheme) -> str:
    """A scheme in the language of the window."""
    return localised(scheme.name, scheme.name_en)


def grade_name(scheme: Scheme, grade: str) -> str:
    """A grade with what it is called, e.g. A 优先发展."""
    found = next((one for one in scheme.shares if one.grade == grade), None)
    return f"{grade} {localised(found.name, found.name_en)}" if found is not None else grade


def title_of(run: GradingRun) -> str:
    """A run by its year."""
    return tr("Per-mu grading of {year}", year=run.year)


def metric_name(metrics: tuple[MetricKind, ...], key: str) -> str:
    """An indicator in the language of the window; its key where the pack has lost it."""
    found = next((one for one in metrics if one.key == key), None)
    return name_of(found) if found is not None else key


def baseline_source(one: Weighted) -> str:
    """Where a baseline comes from."""
    return {
        BaselineFrom.GIVEN: tr("given"),
        BaselineFrom.TOTAL: tr("the group's total over its total"),
        BaselineFrom.MEAN: tr("mean of the group"),
    }[one.baseline_from]


def exact(value: Decimal | None, places: int = 4) -> str:
    """A figure of the arithmetic: to four places, or a dash; more is said with a ~ before it."""
    if value is None:
        return formats.NONE
    rounded = round(value, places)
    text = formats.exact(rounded)
    return text if rounded == value else f"≈ {text}"
