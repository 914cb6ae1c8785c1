"""What the tour types and chooses; it comes from the sample's data, not from here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TourScript:
    """`before` and `after` are photos, `mark` is written over the first; `item` is a measured item
    that the value falls short of.

    `person` acts, `decider` accepts the plan, `second` approves the closure; `search` is typed
    into the search box to find `enterprise`. `way` is a way out of the rule pack, chosen because
    of `why`; `metric_target` is what the first metric should reach, `reading` what `source` says
    it is. `roster` is a sheet of enterprises of which the column headed `roster_column` is not
    recognised: it holds `roster_field`. `slip` and `joint` are in the titles of a finding that
    was sent to another authority and of one in a joint disposal, whose plan chose the
    way `barred` nevertheless; `alternatives` is in that of a finding whose plan has several.
    `campaign` is part of a campaign's name.
    """

    person: str
    second: str
    decider: str
    search: str
    enterprise: str
    item: str
    value: str
    note: str
    mark: str
    representative: str
    conclusion: str
    firm: str
    cause: str
    measures: str
    way: str
    why: str
    step_title: str
    step_responsible: str
    step_result: str
    metric_baseline: str
    metric_target: str
    opinion: str
    progress: str
    reading: str
    source: str
    recheck_note: str
    recheck_summary: str
    ground: str
    benefit: str
    approval: str
    before: Path
    after: Path
    roster: Path
    roster_column: str
    roster_field: str
    slip: str
    joint: str
    alternatives: str
    barred: str
    campaign: str
