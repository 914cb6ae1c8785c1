"""Templates of plans (方案模板) by what is wrong: cause, ways, measures, steps by days, risks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from landsteward.domain.findings import Finding
from landsteward.domain.states import Likelihood


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStep:
    """A step; days count from the day the plan is begun, cost in 万元."""

    title: str
    responsible: str = ""
    start_day: int | None = None
    due_day: int | None = None
    result: str = ""
    cost_wan: Decimal | None = None
    payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRisk:
    """A risk and what is done about it."""

    risk: str
    likelihood: Likelihood | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTemplate:
    """What a plan may begin with. It fits findings of its categories or its checklist items;
    without either it fits any. Texts are in the form of `domain.rich_text`.
    """

    key: str
    name: str
    name_en: str = ""
    categories: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    cause: str = ""
    measures: str = ""
    ways: tuple[str, ...] = ()
    steps: tuple[TemplateStep, ...] = ()
    risks: tuple[TemplateRisk, ...] = ()

    def fits(self, finding: Finding, items: Collection[str]) -> bool:
        """Whether it is meant for a finding that answers these checklist items."""
        if not self.categories and not self.items:
            return True
        return finding.category in self.categories or bool(set(items) & set(self.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTemplate:
    """A template of the county's own, kept in the workspace."""

    id: str
    template: PlanTemplate
    made_by: str
    made_at: datetime
