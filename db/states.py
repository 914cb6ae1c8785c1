"""What the lifecycle says of its states, for queries: bound to their parameters, written in none.

As JSON lists: `state IN (SELECT value FROM json_each(:settled))`.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from landsteward.domain.lifecycle import (
    DIFFICULT_FINDING_STATES,
    ENDED_CASE_STAGES,
    SETTLED_FINDING_STATES,
)
from landsteward.domain.states import FindingMove


def _listed(states: Iterable[StrEnum]) -> str:
    return msgspec.json.encode(sorted(states)).decode()


STATES: dict[str, str] = {
    "settled": _listed(SETTLED_FINDING_STATES),
    "difficult": _listed(DIFFICULT_FINDING_STATES),
    "ended": _listed(ENDED_CASE_STAGES),
    "extending": FindingMove.EXTEND.value,
    "returning": FindingMove.RETURN_PLAN.value,
    "accepting": FindingMove.ACCEPT_PLAN.value,
}
