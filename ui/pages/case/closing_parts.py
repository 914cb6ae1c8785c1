"""What the forms of closing have in common."""

from landsteward.app.language import localised, tr
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
