"""Extensions (延期): the form that asks for one, and the history with what waits for a decision."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.extensions import ExtensionCount, ask_extension, decide_extension
from landsteward.app.language import render, tr
from landsteward.domain.follow_ups import Extension
from landsteward.domain.text import Message
from ui import formats
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, column, label, row
from ui.widgets.callout import Callout
from ui.widgets.fields import DateField, NoteField, TextField
from ui.widgets.signs import Badge


class ExtensionForm(ActionForm):
    """Until when, and why; of a finding or of a step."""

    def __init__(
        self, work: CaseWork, *, was_on: date | None, finding_id: str = "", step_id: str = ""
    ) -> None:
        super().__init__(work, finding_id or step_id, "extend", tr("Ask for more time"))
        self._finding_id = finding_id or None
        self._step_id = step_id or None
        self.day = DateField(tr("New day (was {day})", day=formats.day(was_on)))
        self.reason = NoteField(tr("Reason"), rows=2)
        self.add(self.day)
        self.add(self.reason)
        self.finish({"deadline": self.day, "reason": self.reason}, {})

    def prepared(self) -> Action | None:
        """Both must be there."""
        day, reason = self.day.value(), self.reason.value()
        if day is None:
            self.missing(self.day, tr("Say until when."))
            return None
        if not reason:
            self.missing(self.reason, tr("A reason must be given."))
            return None
        finding_id, step_id = self._finding_id, self._step_id
        return lambda ctx: ask_extension(
            ctx, to_on=day, reason=reason, finding_id=finding_id, step_id=step_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionData:
    """An extension with what it is about, and why the person in use cannot decide on it."""

    extension: Extension
    subject: str
    refusal: Message | None
    head: CaseHead


class ExtensionRow(QFrame):
    """Who asked for what and why; while it waits, the two answers."""

    def __init__(self, work: CaseWork, key: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._key = key
        self.subject = label("", wrap=True)
        self.state = Badge()
        self.facts = label("", "dim", wrap=True)
        self.opinion = TextField("", hint=tr("Opinion"))
        self.grant = button(tr("Grant"), "small", lambda: self._decide(True), changing=True)
        self.refuse = button(tr("Refuse"), "small", lambda: self._decide(False), changing=True)
        self.error = Callout(self.grant)
        self._answers = row(self.opinion, self.grant, self.refuse, gap=8)
        self._answers.setStretch(0, 1)
        top = row(self.subject, self.state, gap=8)
        top.setStretch(0, 1)
        layout = column(top, self.facts, self._answers, gap=4)
        layout.setContentsMargins(16, 10, 16, 10)
        self.setLayout(layout)

    def fill(self, data: ExtensionData) -> None:
        """Show how it stands."""
        asked, head = data.extension, data.head
        self.subject.setText(data.subject)
        waits = asked.granted is None
        word = tr("Waits") if waits else tr("Granted") if asked.granted else tr("Refused")
        self.state.show_word(word, "caution" if waits else "good" if asked.granted else "bad")
        lines = [
            tr(
                "{was} → {to}, {days} days: {reason}",
                was=formats.day(asked.was_on),
                to=formats.day(asked.to_on),
                days=asked.days,
                reason=asked.reason,
            ),
            tr("Asked by {name} on {day}", name=head.name_of(asked.asked_by), day=asked.asked_on),
        ]
        if asked.decided_at is not None:
            decided = tr(
                "Decided by {name} on {day}",
                name=head.name_of(asked.decided_by),
                day=asked.decided_at.date(),
            )
            lines.append(f"{decided}　{asked.opinion}".strip("　"))
        elif data.refusal is not None:
            lines.append(render(data.refusal))
        self.facts.setText("\n".join(lines))
        for one in (self.opinion, self.grant, self.refuse):
            one.setVisible(waits and data.refusal is None)

    def _decide(self, granted: bool) -> None:
        key, opinion = self._key, self.opinion.value()
        if not granted and not opinion:
            self.opinion.set_error(tr("Say why the extension is refused."))
            self.opinion.setFocus()
            return

        def run(ctx: Context) -> Extension:
            return decide_extension(ctx, extension_id=key, granted=granted, opinion=opinion)

        self._work.change(self, run, error=self.error)


def count_words(count: ExtensionCount | None) -> str:
    """How often and by how long more time was given, e.g. 延期2次，共45天."""
    if count is None:
        return ""
    return tr("Extended {times} times, {days} days in all", times=count.times, days=count.days)
