"""The tables of a run: what is suspected, and what cannot be judged. Worded when looked at."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from landsteward.app.language import localised, render, tr
from landsteward.app.screening import FoundSuspicion, NotJudged, ScreeningResult, SubjectRef
from ui import words
from ui.models.paged import Ask

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a run is looked at; None: all. `standing` is `open`, `finding` or `dismissed`."""

    rule: str | None = None
    severity: int | None = None
    carrier: str | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """What fits: suspicions, and groups that cannot be judged."""

    suspicions: Sequence[FoundSuspicion]
    unjudged: Sequence[NotJudged]


def fitting(result: ScreeningResult, wanted: Wanted) -> Fitting:
    """The part of a run that is looked at. Not on the GUI thread: a county has many."""
    if wanted == Wanted():
        return Fitting(suspicions=result.suspicions, unjudged=result.cannot_judge)
    carrier = wanted.carrier
    suspicions = [
        one
        for one in result.suspicions
        if (wanted.rule is None or one.suspicion.rule.key == wanted.rule)
        and (wanted.severity is None or one.suspicion.severity == wanted.severity)
        and (carrier is None or (one.subject.carrier_id or "") == carrier)
        and (wanted.standing is None or standing(one) == wanted.standing)
    ]
    unjudged: list[NotJudged] = []
    for group in result.cannot_judge:
        if wanted.rule is not None and group.rule.key != wanted.rule:
            continue
        subjects = (
            group.subjects
            if carrier is None
            else tuple(one for one in group.subjects if (one.carrier_id or "") == carrier)
        )
        if subjects:
            unjudged.append(NotJudged(rule=group.rule, missing=group.missing, subjects=subjects))
    return Fitting(suspicions=suspicions, unjudged=unjudged)


def standing(found: FoundSuspicion) -> str:
    """What became of a suspicion."""
    if found.finding_id is not None:
        return "finding"
    return "dismissed" if found.stands else "open"


class SuspicionModel(QAbstractTableModel):
    """The suspicions of one run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Sequence[FoundSuspicion] = ()
        self._heads = (
            *(tr("Severity"), tr("Suspicion"), tr("Enterprise")),
            *(tr("Parcel or permit"), tr("State")),
        )

    def show_found(self, found: Sequence[FoundSuspicion]) -> None:
        """Show these."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One row a suspicion."""
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Severity, rule, enterprise, parcel, and what became of it."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The suspicion in words."""
        found = self.found[index.row()]
        severity = found.suspicion.severity
        if role == Ask.TONE:
            if index.column() == 0:
                return words.severity_tone(severity)
            return {"finding": "accent", "dismissed": "plain", "open": "caution"}[standing(found)]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            rule = found.suspicion.rule
            return (
                words.severity(severity),
                localised(rule.title, rule.title_en),
                found.subject.enterprise or tr("Holder unknown"),
                found.subject.parcel or found.subject.label,
                standing_word(standing(found)),
            )[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        return _head(self._heads, section, orientation, role)


def standing_word(key: str) -> str:
    """What became of a suspicion, in words."""
    return {
        "open": tr("to be verified"),
        "finding": tr("is a finding"),
        "dismissed": tr("dismissed"),
    }[key]


class NotJudgedModel(QAbstractTableModel):
    """What a rule cannot be applied to, each with the reason; groups are laid end to end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: Sequence[NotJudged] = ()
        self._ends: list[int] = []
        self._heads = (
            *(tr("Rule"), tr("Enterprise")),
            *(tr("Parcel or permit"), tr("Cannot be judged")),
        )

    def show_groups(self, groups: Sequence[NotJudged]) -> None:
        """Show these."""
        self.beginResetModel()
        self._groups = groups
        self._ends = list(accumulate(len(one.subjects) for one in groups))
        self.endResetModel()

    def at(self, number: int) -> tuple[NotJudged, SubjectRef]:
        """The group a row belongs to, and what it is about."""
        place = bisect_right(self._ends, number)
        begin = self._ends[place - 1] if place else 0
        group = self._groups[place]
        return group, group.subjects[number - begin]

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One row for each thing and rule."""
        return 0 if parent.isValid() or not self._ends else self._ends[-1]

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Rule, enterprise, parcel, reason."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What, and why it cannot be judged."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            group, subject = self.at(index.row())
            return (
                localised(group.rule.title, group.rule.title_en),
                subject.enterprise or tr("Holder unknown"),
                subject.parcel or subject.label,
                tr("because {reason}", reason=render(group.missing.because)),
            )[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        return _head(self._heads, section, orientation, role)


def _head(heads: Sequence[str], section: int, orientation: Qt.Orientation, role: int) -> Any:
    if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
        return heads[section]
    return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None
