"""A form of one action on a finding: opened in place, kept as a draft until it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.language import tr
from landsteward.domain.states import SlipKind
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import Field

Action = Callable[[Context], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What forms offer as usual: today, the days for an answer and for replies to slips, what of
    the evidence would go along, and which other findings a slip could be about as well.
    """

    today: date
    answer_by: date
    reply_by: Mapping[SlipKind, date]
    evidence: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


class ActionForm(Card):
    """Its makers add fields and then call `finish`; `prepared` says what is done with them.

    `key` tells the action from others on the same record, `subject_id`. What is typed outlives the
    form.
    """

    def __init__(self, work: CaseWork, subject_id: str, key: str, title: str) -> None:
        super().__init__(title, margin=12, gap=10)
        self.work = work
        self.subject_id = subject_id
        self.key = key
        self.error = Refusal()
        self.send = button(title, "small", self.make, changing=True)
        self.cancel = button(tr("Cancel"), "quiet")
        self.closed = self.cancel.clicked
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.cancel.click)
        self.buttons = row(self.error, self.cancel, self.send)
        self.fields: dict[str, Field] = {}
        self._draft = f"{key}/{subject_id}"

    def finish(self, fields: Mapping[str, Field], defaults: Mapping[str, object]) -> None:
        """The fields are there: show what is usual, then what was typed before."""
        self.fields = dict(fields)
        self.add(self.buttons)
        drafts = Drafts(self.work, self, self._draft, self.fields)
        for name, value in defaults.items():
            self.fields[name].set_value(value)
        case_id, form = self.work.case_id, self._draft
        self.work.bench.operations.query(
            self,
            lambda ctx: draft_of(ctx, case_id=case_id, form=form),
            success=drafts.restore,
        )

    def begin(self) -> None:
        """Put the person at the first field."""
        next(iter(self.fields.values())).setFocus()

    def prepared(self) -> Action | None:
        """What is to be done, None where a field is not right yet and says so."""
        raise NotImplementedError

    def make(self) -> None:
        """Do it; a refusal stays here with the words, and so does what was typed."""
        run = self.prepared() if self.committed() else None
        if run is not None:
            action = run
            self.work.change(
                self,
                lambda ctx: self.with_draft_gone(ctx, action),
                success=lambda _done: self.cancel.click(),
                error=self.error,
            )

    def committed(self) -> bool:
        """Whether every field makes sense."""
        return all([field.commit() for field in self.fields.values()])

    def with_draft_gone(self, ctx: Context, action: Action) -> None:
        """On the database thread: do it, and forget the draft with it."""
        with ctx.change():
            action(ctx)
            self.work.sent(ctx, self._draft)

    def missing(self, field: Field, words: str) -> None:
        """Say under a field that it must be filled in."""
        field.set_error(words)
        field.setFocus()
