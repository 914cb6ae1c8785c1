"""Findings (问题): what is wrong, by which law, what is demanded, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from landsteward.domain.states import Disposal, FindingOrigin, FindingState, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A rule a finding rests on, as it stood on the day that counts; always printed whole.

    `law` is the full title, `article` its article or item (第十四条, 第25项), `version` the edition
    (e.g. 国土资源部令第53号), `valid_from`/`valid_to` the days it is in force, None where open or
    not established. What was typed as it is named has only `law`.
    """

    law: str
    article: str
    version: str
    valid_from: date | None = None
    valid_to: date | None = None
    law_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of one case. `finding_no` counts from 1 within the case.

    `department` is the key of the department that answers for it; `assigned_by` is the
    organisation that assigned it (交办), the only one that may close it. `rule_key` names the rule
    and the supply it suspected (`landsteward.app.screening.suspicion_key`).
    """

    id: str
    case_id: str
    finding_no: int
    origin: FindingOrigin
    department: str
    severity: Severity
    title: str
    description: str = ""
    item_key: str | None = None
    rule_key: str | None = None
    bases: tuple[LegalBasis, ...] = ()
    demand: str = ""
    deadline_on: date | None = None
    root_cause: str = ""
    disposal: Disposal = Disposal.RECTIFY
    state: FindingState = FindingState.DRAFT
    assigned_by: str | None = None
    assigned_on: date | None = None
    supervised: bool = False
    interviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEvent:
    """One move of a finding: who, when, from where to where, and why."""

    id: str
    finding_id: str
    at: datetime
    actor_id: str
    move: str
    from_state: FindingState
    to_state: FindingState
    reason: str = ""
