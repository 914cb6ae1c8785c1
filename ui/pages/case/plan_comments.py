"""Comments on a plan: who said what of which part, how it was answered, what is settled."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_comments import (
    CommentLine,
    answer_comment,
    comment_plan,
    reopen_comment,
    settle_comment,
)
from landsteward.app.plan_reading import PlanSheet
from landsteward.domain.plans import PlanComment
from landsteward.domain.states import PlanPart, PlanStatus
from ui import formats
from ui.pages.case import plan_words as words
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, column, label, row, selectable, show_if
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, NoteField
from ui.widgets.forms import keep
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge

COMMENT_FORM = "plan_comment"
"""Under this name is kept what was typed of a comment that is not made yet."""
_OVER = frozenset({PlanStatus.ACCEPTED, PlanStatus.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    line: CommentLine
    place: str
    head: CaseHead
    over: bool


class CommentsCard(Card):
    """What was said, and a line to say more."""

    place_asked = Signal(object)
    """The `CommentLine` whose place somebody wants to see."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Comments"), margin=16, gap=8)
        self._work = work
        self._sheet: PlanSheet | None = None
        self.count = label("", "dim")
        self.head.addWidget(self.count)
        self.rows: Rows[CommentRow, _Said] = Rows(self._make, lambda one, said: one.fill(said))
        self.add(self.rows.layout)
        self.about = ChoiceField(tr("About"))
        self.about.setFixedWidth(220)
        self.text = NoteField(tr("Comment"), rows=1)
        self.error = Refusal()
        self.send = button(tr("Add the comment"), "small", self.make, changing=True)
        line = row(gap=12)
        line.addWidget(self.about)
        line.addWidget(self.text, 1)
        self._form = box(column(line, row(self.error, 1, self.send), gap=8))
        self.add(self._form)
        self.drafts = Drafts(work, self, COMMENT_FORM, {"text": self.text})

    def present(self, head: CaseHead, sheet: PlanSheet, lines: tuple[CommentLine, ...]) -> None:
        """Show the comments on a version and those before it."""
        self._sheet = sheet
        over = sheet.plan.status in _OVER
        places = _places(sheet)
        self.about.set_options([(key, text) for key, text in places.items()])
        if self.about.value() not in places:
            self.about.set_value(PlanPart.WHOLE.value)
        waiting = sum(one.comment.open for one in lines)
        self.count.setText(tr("{count} open", count=waiting) if waiting else "")
        self.rows.show(
            [
                (
                    one.comment.id,
                    _Said(line=one, place=_place(one, places), head=head, over=over),
                )
                for one in lines
            ]
        )
        show_if(self._form, not over)
        self.setVisible(bool(lines) or not over)

    def make(self) -> None:
        """Make the comment."""
        sheet = self._sheet
        text = self.text.edit.toPlainText().strip()
        if sheet is None:
            return
        if not text:
            self.text.set_error(tr("Say what the comment is."))
            self.text.setFocus()
            return
        part, _, record = str(self.about.value()).partition(":")
        plan_id = sheet.plan.id

        def run(ctx: Context) -> PlanComment:
            with ctx.change():
                self._work.sent(ctx, COMMENT_FORM)
                return comment_plan(
                    ctx,
                    plan_id=plan_id,
                    text=text,
                    part=PlanPart(part),
                    record_id=record or None,
                )

        self._work.change(self, run, success=lambda _made: self.drafts.clear(), error=self.error)

    def comment_on(self, part: PlanPart, record_id: str = "") -> None:
        """Let somebody say something of a place."""
        key = f"{part.value}:{record_id}" if record_id else part.value
        self.about.set_value(key)
        self.text.setFocus()

    def _make(self, key: str) -> "CommentRow":
        made = CommentRow(self._work, key)
        made.place_asked.connect(self.place_asked)
        return made


class CommentRow(QFrame):
    """One comment with its answer."""

    place_asked = Signal(object)

    def __init__(self, work: CaseWork, comment_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._id = comment_id
        self._line: CommentLine | None = None
        self.place = button("", "link", self._to_place)
        self.who = label("", "dim")
        self.state = Badge()
        self.text = selectable()
        self.answer = NoteField(tr("Answer"), rows=1)
        self.error = Refusal()
        self.settle = button(tr("Settled"), "small", self._settle, changing=True)
        self.reopen = button(tr("Open again"), "link", self._reopen, changing=True)
        top = row(self.place, self.who, 1, self.state, self.reopen, self.settle, gap=8)
        self.setLayout(column(top, self.text, self.answer, self.error, gap=4))
        keep(self.answer, work.bench.operations, self._keep_answer)

    def fill(self, said: _Said) -> None:
        """Show it."""
        self._line = said.line
        one = said.line.comment
        self.place.setText(said.place)
        self.who.setText(
            tr(
                "{person}, {at}, version {number}",
                person=said.head.name_of(one.written_by),
                at=formats.moment(one.written_at),
                number=said.line.version,
            )
        )
        self.text.setText(one.text)
        settled = one.settled_at is not None
        if settled:
            self.state.show_word(
                tr("settled by {person}", person=said.head.name_of(one.settled_by)), "good"
            )
        elif one.answered_at is not None:
            self.state.show_word(tr("answered"), "accent")
        else:
            self.state.show_word(tr("waits for an answer"), "caution")
        self.answer.set_value(one.answer)
        self.answer.set_read_only(settled or said.over)
        self.answer.setVisible(bool(one.answer) or not (settled or said.over))
        show_if(self.settle, not settled and not said.over)
        show_if(self.reopen, settled and not said.over)

    def _keep_answer(self, ctx: Context, text: str) -> PlanComment | None:
        if not text.strip():
            return None
        return answer_comment(ctx, comment_id=self._id, answer=text)

    def _settle(self) -> None:
        key = self._id
        self._work.change(self, lambda ctx: settle_comment(ctx, comment_id=key), error=self.error)

    def _reopen(self) -> None:
        key = self._id
        self._work.change(self, lambda ctx: reopen_comment(ctx, comment_id=key), error=self.error)

    def _to_place(self) -> None:
        if self._line is not None:
            self.place_asked.emit(self._line)


def _places(sheet: PlanSheet) -> dict[str, str]:
    """What can be commented on, by the key of its choice."""
    places = {one.value: words.part(one) for one in PlanPart}
    marks = words.ordinals(sheet)
    several = len(sheet.alternatives) > 1
    for one in sheet.alternatives:
        mark = f"{marks[one.alternative.id]} · " if several else ""
        for number, step in enumerate(one.steps, start=1):
            title = tr("Step {number}", number=number)
            places[f"{PlanPart.STEPS.value}:{step.id}"] = f"{mark}{title} {step.title}".strip()
    return places


def _place(one: CommentLine, places: dict[str, str]) -> str:
    part = one.comment.part
    key = f"{part.value}:{one.record_id}" if one.record_id else part.value
    return places.get(key, words.part(part))
