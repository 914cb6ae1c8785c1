"""What the forms of closing have in common."""

from landsteward.app.language import localised, tr
from landsteward.app.look_backs import DueLookBack
from landsteward.domain.closing import LookBackState
from ui import formats
from ui.pages.case.work import CaseWork
from ui.widgets.fields import ChoiceField


def no_benefit_field(work: CaseWork) -> ChoiceField:
    """The pack's reasons why no benefit is due; nothing chosen where benefit is shown."""
    head = work.head
    reasons = head.pack.closing.no_benefit if head is not None else ()
    return ChoiceField(
        tr("Why no benefit is due"),
        [
            (None, tr("Benefit is shown by a reading or evidence")),
            *((one.key, localised(one.name, one.name_en)) for one in reasons),
        ],
    )


def look_back_state(value: LookBackState) -> tuple[str, str]:
    """Where a look-back stands, with its tone."""
    return {
        LookBackState.AHEAD: (tr("Ahead"), "plain"),
        LookBackState.PLANNED: (tr("Visit planned"), "accent"),
        LookBackState.DUE: (tr("Due"), "caution"),
        LookBackState.OVERDUE: (tr("Overdue"), "bad"),
        LookBackState.DONE: (tr("Done"), "good"),
    }[value]


def look_back_words(value: DueLookBack) -> str:
    """When a finding is looked at again, and where that stands."""
    one = value.look_back
    said = tr("Look-back due {day}", day=formats.day(one.due_on))
    if one.planned_on is not None:
        said = tr("{said}, planned for {day}", said=said, day=formats.day(one.planned_on))
    return f"{said} · {look_back_state(value.state)[0]}"
