"""Findings (问题): what is wrong, by which law, what is demanded, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from landsteward.domain.states import Disposal, FindingOrigin, FindingState, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A rule a finding rests on, as it stood on the day that counts; always printed whole.

    `law` is the full title, `article` its article or item (第十四条, 第25项), `version` the edition
    (e.g. 国土资源部令第53号), `valid_from`/`valid_to` the days it is in force, None where open or
    not established. `own_words`: `law` is what a person typed, no law of a rule pack.
    """

    law: str
    article: str
    version: str
    valid_from: date | None = None
    valid_to: date | None = None
    law_en: str = ""
    own_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of one case. `finding_no` counts from 1 within the case.

    `department` is the key of the department that answers for it; `assigned_by` is the
    organisation that assigned it (交办), the only one that may close it. `rule_key` names the rule
    and the supply it suspected (`landsteward.app.screening.suspicion_key`). `category` and
    `root_cause_key` are keys of the pack's lists (`landsteward.domain.finding_terms`), `root_cause`
    says more in words. `violated_on` is the day by which editions of laws are chosen, `parcel_id`
    the land it is about. `rebounds` counts how often it came back after it was closed (反弹).
    """

    id: str
    case_id: str
    finding_no: int
    origin: FindingOrigin
    department: str
    severity: Severity
    title: str
    category: str | None = None
    description: str = ""
    violated_on: date | None = None
    parcel_id: str | None = None
    item_key: str | None = None
    rule_key: str | None = None
    bases: tuple[LegalBasis, ...] = ()
    demand: str = ""
    deadline_on: date | None = None
    root_cause_key: str | None = None
    root_cause: str = ""
    disposal: Disposal = Disposal.RECTIFY
    state: FindingState = FindingState.DRAFT
    assigned_by: str | None = None
    assigned_on: date | None = None
    rebounds: int = 0
    supervised: bool = False
    interviewed: bool = False

    @property
    def occurrence(self) -> int:
        """The how many-th time the problem is there: 1, after a rebound 2 (第2次)."""
        return self.rebounds + 1


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
