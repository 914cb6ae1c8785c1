"""The alternatives of a version in one line: which is in front, recommended, chosen."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet
from landsteward.app.plan_templates import Offered, remove_template, save_template, use_template
from landsteward.app.plan_writing import (
    add_alternative,
    edit_alternative,
    recommend_alternative,
    remove_alternative,
    restore_alternative,
)
from landsteward.domain.plan_templates import PlanTemplate
from landsteward.domain.plans import PlanAlternative
from ui.dialogs.ask import AskName
from ui.pages.case import plan_words as words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, clear, row, show_if
from ui.widgets.callout import Refusal
from ui.widgets.fields import TextField
from ui.widgets.flow import FlowLayout
from ui.widgets.forms import keep


class AlternativesBar(Card):
    """Choose what is in front; while the version is written, add, copy, recommend, take out."""

    selected = Signal(str)
    compared = Signal(bool)

    def __init__(self, work: CaseWork) -> None:
        super().__init__(margin=12, gap=8)
        self._work = work
        self._sheet: PlanSheet | None = None
        self._front = ""
        self._templates: tuple[Offered, ...] = ()
        self._gone: tuple[PlanAlternative, bool] | None = None
        self.segments: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(gap=6)
        self.compare = button(tr("Side by side"), "segment")
        self.compare.setCheckable(True)
        self.compare.clicked.connect(lambda: self.compared.emit(self.compare.isChecked()))
        self.add_button = button(tr("Add an alternative"), "small", self._add, changing=True)
        self.copy = button(tr("Copy this one"), "small", self._copy, changing=True)
        self.template = button(tr("Template…"), "small", self._show_templates, changing=True)
        self.undo = button(tr("Undo"), "link", self._bring_back, changing=True)
        self.undo.hide()
        self.error = Refusal()
        tabs = box(self._flow)
        top = row(gap=8)
        top.addWidget(tabs, 1)
        for one in (self.undo, self.compare, self.template, self.copy, self.add_button):
            top.addWidget(one)
        self.add(top)
        self.name = TextField(tr("Name of this alternative"))
        self.name.setMinimumWidth(260)
        self.recommend = button(tr("Recommend this one"), "small", self._recommend, changing=True)
        self.remove = button(tr("Take it out"), "quiet", self._remove, changing=True)
        self._line = box(row(self.name, 1, self.error, self.remove, self.recommend, gap=8))
        self.add(self._line)
        keep(self.name, work.bench.operations, self._keep_name)

    def present(
        self,
        sheet: PlanSheet,
        front: AlternativeSheet,
        templates: tuple[Offered, ...],
        *,
        fixed: bool,
    ) -> None:
        """Show the alternatives of a version."""
        if self._sheet is not None and self._sheet.plan.id != sheet.plan.id:
            self._offer_undo(None)
        self._sheet, self._front, self._templates = sheet, front.alternative.id, templates
        keys = [one.alternative.id for one in sheet.alternatives]
        if keys != list(self.segments):
            for old in self.segments.values():
                self._group.removeButton(old)
            clear(self._flow)
            self.segments = {}
            for key in keys:
                made = button("", "segment", partial(self.selected.emit, key))
                made.setCheckable(True)
                self._group.addButton(made)
                self._flow.addWidget(made)
                self.segments[key] = made
        marks = words.ordinals(sheet)
        for one in sheet.alternatives:
            key = one.alternative.id
            made = self.segments[key]
            signs = []
            if key == sheet.plan.chosen_id:
                signs.append(tr("chosen"))
            if key == sheet.plan.recommended_id:
                signs.append(tr("recommended"))
            made.setText(" · ".join([words.alternative(marks[key], one), *signs]))
            made.setChecked(key == self._front)
        several = len(keys) > 1
        show_if(self.compare, several)
        if not several and self.compare.isChecked():
            self.compare.setChecked(False)
            self.compared.emit(False)
        for button_ in (self.add_button, self.copy, self.template):
            show_if(button_, not fixed)
        show_if(self._line, not fixed and several)
        show_if(self.recommend, self._front != sheet.plan.recommended_id)
        self.name.set_value(front.alternative.name)
        self.setVisible(not fixed or several)

    def _keep_name(self, ctx: Context, name: str) -> PlanAlternative:
        return edit_alternative(ctx, alternative_id=self._front, name=name)

    def _add(self) -> None:
        self._make(None)

    def _copy(self) -> None:
        self._make(self._front)

    def _make(self, like: str | None) -> None:
        if self._sheet is None:
            return
        plan_id = self._sheet.plan.id
        self._work.change(
            self,
            lambda ctx: add_alternative(ctx, plan_id=plan_id, like=like),
            success=lambda made: self.selected.emit(made.id),
            error=self.error,
        )

    def _recommend(self) -> None:
        front = self._front
        self._work.change(
            self, lambda ctx: recommend_alternative(ctx, alternative_id=front), error=self.error
        )

    def _remove(self) -> None:
        sheet, front = self._sheet, self._front
        if sheet is None:
            return
        one = next(one for one in sheet.alternatives if one.alternative.id == front)
        gone = (one.alternative, front == sheet.plan.recommended_id)
        self._work.change(
            self,
            lambda ctx: remove_alternative(ctx, alternative_id=front),
            success=lambda _done: self._offer_undo(gone),
            error=self.error,
        )

    def _offer_undo(self, gone: tuple[PlanAlternative, bool] | None) -> None:
        self._gone = gone
        self.undo.setVisible(gone is not None)

    def _bring_back(self) -> None:
        gone = self._gone
        self._offer_undo(None)
        if gone is not None:
            self._work.change(
                self,
                lambda ctx: restore_alternative(ctx, alternative=gone[0], recommended=gone[1]),
                error=self.error,
            )

    # Templates

    def _show_templates(self) -> None:
        menu = self.templates_menu()
        menu.popup(self.template.mapToGlobal(QPoint(0, self.template.height())))

    def templates_menu(self) -> QMenu:
        """What may be begun with, those that fit the findings first; and keeping this one."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        parted = False
        for one in self._templates:
            if not one.fits and not parted:
                parted = True
                menu.addSection(tr("For other findings"))
            name = localised(one.template.name, one.template.name_en)
            text = f"{name}  ({tr('own')})" if one.saved_id else name
            menu.addAction(text).triggered.connect(partial(self._use, one.template))
        menu.addSeparator()
        menu.addAction(tr("Save this one as a template…")).triggered.connect(self._ask_name)
        own = [one for one in self._templates if one.saved_id]
        if own:
            less = menu.addMenu(tr("Take a template away"))
            for one in own:
                less.addAction(one.template.name).triggered.connect(
                    partial(self._forget, one.saved_id or "")
                )
        return menu

    def _use(self, template: PlanTemplate, _checked: bool = False) -> None:
        front = self._front
        self._work.change(
            self,
            lambda ctx: use_template(ctx, alternative_id=front, template=template),
            error=self.error,
        )

    def _ask_name(self) -> None:
        dialog = AskName(self, tr("Save as a template"), tr("Name of the template"), yes=tr("Save"))
        dialog.named.connect(self.save_as)
        dialog.open()

    def save_as(self, name: str) -> None:
        """Keep the alternative in front as a template of this name."""
        front = self._front
        self._work.change(
            self,
            lambda ctx: save_template(ctx, alternative_id=front, name=name),
            success=lambda saved: self._work.say(
                tr("Kept as a template: {name}", name=saved.template.name)
            ),
            error=self.error,
        )

    def _forget(self, saved_id: str, _checked: bool = False) -> None:
        self._work.change(self, lambda ctx: remove_template(ctx, saved_id=saved_id))
