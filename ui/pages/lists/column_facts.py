"""What columns of several lists have in common: by what they are worded, and columns they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from landsteward.app.language import localised, tr
from landsteward.app.ports.surroundings import PackSource
from landsteward.app.views import Cell
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import FindingState
from ui import words
from ui.models.columns import Column
from ui.visit_words import DepartmentWords


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What some columns are worded by."""

    packs: PackSource
    today: date

    def late(self, day: str) -> str:
        """The tone of a deadline."""
        return "bad" if day < self.today.isoformat() else "plain"

    def late_finding(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a finding's deadline: a settled one is never late."""
        if FindingState(str(cells["state"])) in SETTLED_FINDING_STATES:
            return "plain"
        return self.late(str(cells["deadline_on"]))

    def late_look_back(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a look-back's day: one that is done is never late."""
        return self.late(str(cells["due_on"])) if cells["waits"] == "1" else "plain"

    def category(self, key: str) -> str:
        """A category of findings."""
        found = self.packs.current().findings.category(key)
        return localised(found.name, found.name_en) if found else key

    def root_cause(self, key: str) -> str:
        """A root cause."""
        found = self.packs.current().findings.root_cause(key)
        return localised(found.name, found.name_en) if found else key

    @property
    def departments(self) -> DepartmentWords:
        """The departments in words."""
        return DepartmentWords(self.packs)

    def late_visit(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a visit's day: one that has begun is never late."""
        if cells["stage"] not in ("planned", "scheduled"):
            return "plain"
        day, today = str(cells["day"]), self.today.isoformat()
        return "caution" if day == today else self.late(day)


def case_no_column() -> Column:
    return Column(key="case_no", header=tr("Case no."), width=144)


def colour_columns() -> tuple[Column, Column]:
    """One of the four colours, and why."""
    return (
        Column(
            key="colour",
            header=tr("Colour"),
            kind="badge",
            width=104,
            sorts=False,
            word=words.board_colour,
            tone=words.colour_tone,
        ),
        Column(key="why", header=tr("Why"), width=220, sorts=False, shown=False),
    )


def subject_column() -> Column:
    return Column(key="enterprise", header=tr("Enterprise"), width=220)


def grade_tone(grade: str) -> str:
    """The tone of an 亩均 grade: A, B, C, D."""
    return {"A": "good", "B": "accent", "C": "caution", "D": "bad"}.get(grade[:1], "plain")
