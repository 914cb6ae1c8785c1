"""得分: how one enterprise came to its grade, and what people add to it, object to, decide."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.grading_marks import mark_bonus, mark_veto
from landsteward.app.grading_views import ScoreView, score_view
from landsteward.app.language import localised, tr
from landsteward.domain.gradings import RunState
from landsteward.domain.permissions import Action, may
from ui import theme
from ui.pages.base import Page
from ui.pages.grading import words
from ui.pages.grading.lines import ScoreLines
from ui.pages.grading.objections import ObjectionPanel
from ui.pages.grading.said import MarksList
from ui.pages.lists.column_facts import grade_tone
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    button,
    changes,
    column,
    label,
    row,
    scrolled,
    show_if,
)
from ui.widgets.fields import ChoiceField, DecimalField, TextField
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench


class MarkForm(QWidget):
    """Points or a veto, with the reason."""

    def __init__(self, bench: Workbench, taken: Callable[[Callable[[Context], object]], None]):
        super().__init__()
        self._taken = taken
        self.kind = ChoiceField(tr("What"), [])
        self.points = DecimalField(
            tr("Points given"), minimum=Decimal(-1000), maximum=Decimal(1000), places=4
        )
        self.points.setFixedWidth(theme.current().px(100))
        self.reason = TextField(tr("Reason"), required=True)
        self.add = changes(button(tr("Add"), "", self._add))
        self._run_id = self._enterprise_id = ""
        top = row(self.kind, self.points, gap=8)
        top.setStretch(0, 1)
        self.setLayout(column(top, self.reason, row(1, self.add), gap=6))
        self.kind.committed.connect(self._chosen)

    def offer(self, view: ScoreView) -> None:
        """Points, and the vetoes that are turned on."""
        self._run_id, self._enterprise_id = view.run.id, view.subject.enterprise_id
        vetoes = [
            (one.key, tr("Veto: {name}", name=localised(one.name, one.name_en)))
            for one in view.run.scheme.vetoes
            if one.on
        ]
        self.kind.set_options([("", tr("Bonus points")), *vetoes])
        if self.kind.value() is None:
            self.kind.set_value("")
        self._chosen(self.kind.value())

    def _chosen(self, key: object) -> None:
        show_if(self.points, not key)

    def _add(self) -> None:
        key = self.kind.value()
        if not self.reason.commit() or (not key and not self.points.commit()):
            return
        run_id, enterprise_id = self._run_id, self._enterprise_id
        reason, points = self.reason.value(), self.points.value()
        if key:
            self._taken(
                lambda ctx: mark_veto(
                    ctx, run_id=run_id, enterprise_id=enterprise_id, veto=key, reason=reason
                )
            )
            return
        if points is None:
            self.points.set_error(tr("This must be filled in."))
            return
        self._taken(
            lambda ctx: mark_bonus(
                ctx, run_id=run_id, enterprise_id=enterprise_id, points=points, reason=reason
            )
        )

    def clear(self) -> None:
        """Ready for the next one."""
        self.points.set_value(None)
        self.points.write(None)
        self.reason.set_value("")
        self.reason.write("")


class ScorePage(Page):
    """The arithmetic at the left; at the right what was added, and objections."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._result_id = place.record_id
        self.view: ScoreView | None = None
        look = theme.current()
        back = button("←", "quiet", self._leave, hint=tr("To the grading"))
        back.setFixedWidth(look.px(32))
        self.name = ElidedLabel("", "title")
        self.grade = Badge()
        self.facts = ElidedLabel("", "dim")
        self.open = button(tr("To the enterprise"), "", self._open)
        self.what_if = button(tr("What-if"), "", self._what_if)
        self.lines = ScoreLines()
        arithmetic = Card(tr("How the score came about"), margin=0)
        arithmetic.add(scrolled(self.lines), 1)
        self.marks = MarksList(bench, named=False)
        self.stale = label("", "caution", wrap=True)
        self.form = MarkForm(bench, self._mark)
        self.marks_card = Card(tr("Bonus points and vetoes"), margin=12)
        for part in (self.marks, self.stale, self.form):
            self.marks_card.add(part)
        self.objections = ObjectionPanel(bench)
        side = column(self.marks_card, self.objections, 1, gap=12)
        held = QWidget()
        held.setLayout(side)
        held.setFixedWidth(look.px(360))
        below = row(gap=12)
        below.addWidget(arithmetic, 1)
        beside = scrolled(held)
        beside.setFixedWidth(look.px(376))
        below.addWidget(beside)
        head = row(back, self.name, self.grade, self.facts, 1, self.what_if, self.open)
        page = column(head, gap=12)
        page.addLayout(below, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Work it out again from what the run keeps."""
        key = self._result_id
        self.bench.operations.query(
            self, lambda ctx: score_view(ctx, result_id=key), success=self._show
        )

    def _show(self, view: ScoreView) -> None:
        self.view = view
        run, result = view.run, view.result
        self.set_title(f"{view.subject.name} · {words.title_of(run)}")
        self.name.setText(view.subject.name)
        self.grade.show_word(
            tr("Grade {grade}", grade=result.grade) if result.grade else "",
            grade_tone(result.grade or ""),
        )
        facts = [
            words.title_of(run),
            words.run_state(run.state),
            words.group(view.scale),
            words.scheme_name(run.scheme),
        ]
        if result.rank is not None:
            facts.insert(0, tr("{rank} of {of}", rank=result.rank, of=view.of))
        self.facts.setText(" · ".join(facts))
        metrics = self.bench.services.packs.current().metrics
        self.lines.show_view(view, metrics)
        draft = run.state is RunState.DRAFT
        self.marks.show_marks(run, view.marks, may_change=self._may_grade)
        self.form.offer(view)
        show_if(self.form, draft and self._may_grade)
        added = view.score.bonus if view.score is not None else Decimal(0)
        regiven = added != result.bonus and not view.restricted
        stale = regiven or tuple(one.key for one in view.vetoes) != result.vetoes
        self.stale.setText(
            tr(
                "Changed since the draft was worked out: ranks and grades follow when you work it "
                "out again."
            )
            if stale
            else ""
        )
        show_if(self.stale, stale)
        show_if(self.marks_card, bool(view.marks) or (draft and self._may_grade))
        self.objections.show_view(view, may_change=self._may_grade)

    @property
    def _may_grade(self) -> bool:
        """Whether who acts now may; another person may act a moment later."""
        return may(self.bench.member().person.role, Action.GRADE)

    def _mark(self, work: Callable[[Context], object]) -> None:
        def done(_mark: object) -> None:
            self.form.clear()

        self.bench.operations.change(self, work, success=done, failure=self.form.reason.refused)

    def _open(self) -> None:
        if self.view is not None:
            self.bench.go(Place("enterprise", self.view.subject.enterprise_id))

    def _what_if(self) -> None:
        if self.view is not None:
            self.bench.go(Place("what_if", self.view.subject.enterprise_id))

    def _leave(self) -> None:
        if self.view is not None:
            self.bench.go(Place("grading", self.view.run.id))
