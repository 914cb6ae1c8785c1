"""What is kept of a grading: the run, its frozen inputs, results, marks and objections.

Land in m², money in 万元, as everywhere; `None` is "not on record".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.grading.scheme import Scheme
from landsteward.domain.occupancy import LandSource
from landsteward.domain.states import Scale


class RunState(StrEnum):
    """测算 → 公示 → 公布; 公布后撤销."""

    DRAFT = "draft"
    NOTICE = "notice"
    FINAL = "final"
    TAKEN_BACK = "taken_back"


class MarkKind(StrEnum):
    """加减分 / 否决."""

    BONUS = "bonus"
    VETO = "veto"


class ObjectionState(StrEnum):
    """待答复 / 不予采纳 / 拟调整 (待第二人批准) / 已调整."""

    OPEN = "open"
    REJECTED = "rejected"
    PROPOSED = "proposed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What an indicator of a group was held against in a run: baseline, least, most."""

    scale: Scale
    metric: str
    baseline: Decimal | None
    least: Decimal | None
    most: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingRun:
    """One grading of a county's year, with the scheme and the pack it was made with."""

    id: str
    year: int
    scheme: Scheme
    pack_key: str
    pack_version: str
    made_on: date
    made_by: str
    state: RunState = RunState.DRAFT
    standards: tuple[Standard, ...] = ()
    notice_from: date | None = None
    notice_until: date | None = None
    final_on: date | None = None
    final_by: str | None = None
    taken_back_on: date | None = None
    taken_back_by: str | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingSubject:
    """An enterprise in a run with its figures as they were; never changed afterwards.

    `scale` is the group it is ranked in, None where neither register nor revenue says it.
    Subjects with the same `together` are scored as one. `reported`: figures of the year were on
    record. `previous_grade` is that of the year before, `recorded_grade` what the year had.
    """

    id: str
    run_id: str
    enterprise_id: str
    name: str
    uscc: str | None = None
    industry_code: str | None = None
    industry_name: str = ""
    carrier_id: str | None = None
    scale: Scale | None = None
    scale_doubt: bool = False
    together: str = ""
    reported: bool = True
    land_m2: Decimal | None = None
    land_source: LandSource | None = None
    tax_wan: Decimal | None = None
    revenue_wan: Decimal | None = None
    value_added_wan: Decimal | None = None
    energy_tce: Decimal | None = None
    rnd_wan: Decimal | None = None
    staff_average: Decimal | None = None
    upgrade_investment_wan: Decimal | None = None
    emissions_t: Decimal | None = None
    previous_grade: str | None = None
    recorded_grade: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingResult:
    """What came out for a subject. `lacking` says why there is no score (`reasons.py`), `scale` is
    the group it was ranked in.

    `tied` is how many others have its rank, `lifted`: the rank's last place would be a worse grade.
    `stood_in` are indicators that were given the group's lowest value. `regraded_from` is the
    grade before it was changed by hand ("" where there was none), `written_over` what the yearly
    record said before the run was final.
    """

    id: str
    run_id: str
    subject_id: str
    enterprise_id: str
    scale: Scale | None = None
    score: Decimal | None = None
    rank: int | None = None
    tied: int = 0
    lifted: bool = False
    grade_by_rank: str | None = None
    grade: str | None = None
    bonus: Decimal = Decimal(0)
    vetoes: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    regraded_from: str | None = None
    written_over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingMark:
    """A bonus (points, may be below zero) or a veto (its key), with the reason a person gave."""

    id: str
    run_id: str
    enterprise_id: str
    kind: MarkKind
    reason: str
    made_by: str
    points: Decimal | None = None
    veto: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingObjection:
    """An objection, or a re-grading on the office's own account (`raised_by` empty).

    `new_grade` is what is proposed; who approves it is another person than who proposed it. What
    was not approved is open again, with the second person's opinion in `approval`.
    """

    id: str
    run_id: str
    enterprise_id: str
    raised_on: date
    claim: str
    raised_by: str = ""
    state: ObjectionState = ObjectionState.OPEN
    new_grade: str | None = None
    answer: str = ""
    answered_by: str | None = None
    answered_on: date | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    approval: str = ""
