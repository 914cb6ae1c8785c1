"""立行立改: what was put right while the inspectors are there."""

from landsteward.app.immediate_fixes import fix_on_the_spot
from landsteward.app.language import tr
from landsteward.domain.findings import Finding
from ui.pages.case.closing_parts import no_benefit_field
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.work import CaseWork
from ui.widgets.basics import label
from ui.widgets.fields import NoteField


class SpotForm(ActionForm):
    """What was done and what benefit shows; a second person then approves the closure."""

    def __init__(self, work: CaseWork, finding: Finding) -> None:
        super().__init__(work, finding.id, "spot", tr("Fixed on the spot"))
        self.done = NoteField(tr("What was done on the spot"), rows=2)
        self.benefit = NoteField(tr("Benefit shown, or why none is due"), rows=2)
        self.add(
            label(
                tr(
                    "Needs a photo of the problem and one of how it was put right. A colleague of "
                    "the department then approves the closure."
                ),
                "dim",
                wrap=True,
            )
        )
        self.reason = no_benefit_field(work)
        self.add(self.done)
        self.add(self.reason)
        self.add(self.benefit)
        self.finish({"done": self.done, "reason": self.reason, "benefit": self.benefit}, {})

    def prepared(self) -> Action | None:
        """Both must be said."""
        done, benefit = self.done.value(), self.benefit.value()
        if not done:
            self.missing(self.done, tr("Say what was done on the spot."))
            return None
        if not benefit:
            self.missing(self.benefit, tr("Say what benefit shows, or why none is due."))
            return None
        finding_id, reason = self.subject_id, self.reason.value()
        return lambda ctx: fix_on_the_spot(
            ctx, finding_id=finding_id, done=done, benefit=benefit, no_benefit=reason
        )
