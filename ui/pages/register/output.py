"""产出监管合同: what was agreed beside what there is; the terms are edited in place."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.output_contracts import OutputView
from landsteward.app.register import edit_output_contract, record_output_contract
from landsteward.app.removals import Removable
from landsteward.domain.output_terms import TermLine
from landsteward.domain.register import OutputContract
from ui import formats, theme
from ui.pages.register import output_words
from ui.pages.register.labels import Label, labels_of
from ui.pages.register.sheet import Part, Removals, ShowMore, remover
from ui.widgets.basics import button, changes, clear, column, label, line, row, show_if
from ui.widgets.fields import ChoiceField, DateField, DecimalField, Field, NoteField
from ui.widgets.forms import RecordForm, form_columns
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench

Ask = Callable[[Context], tuple[OutputView, ...]]
Sides = Callable[[Any], Sequence[tuple[str, str]]]
_CHOICE_WIDTH = 240
_AT_FIRST = 12
_TERMS = (
    "signed_on",
    "reach_on",
    "investment_wan",
    "investment_wan_per_mu",
    "tax_wan_per_mu",
    "revenue_wan_per_mu",
    "plot_ratio_min",
    "note",
)


class OutputPart(Part):
    """The contracts of an enterprise or a parcel. `other`: what a contract's name leads to.

    `sides` says, of the page's head, with whom or on which land a new one can be: key and name.
    """

    def __init__(
        self,
        bench: Workbench,
        record_id: str,
        ask: Ask,
        sides: Sides,
        removals: Removals,
        *,
        other: str,
        may_edit: bool,
    ) -> None:
        super().__init__()
        self._bench = bench
        self._record_id = record_id
        self._ask = ask
        self._sides = sides
        self._removals = removals
        self._other = other
        self._may_edit = may_edit
        self.none = label(
            tr(
                "No output contract on record (plan item 13). It says what the holder promised: "
                "investment, tax, revenue and when."
            ),
            "dim",
            wrap=True,
        )
        self.contracts = Rows[_ContractRow, OutputView](self._make, _ContractRow.show_view, gap=16)
        self._views: tuple[OutputView, ...] = ()
        self.more = ShowMore(lambda: self._show(self._views), _AT_FIRST)
        self.choice = ChoiceField("")
        self.choice.box.setAccessibleName(tr("For which land"))
        self.choice.setMinimumWidth(_CHOICE_WIDTH)
        self.add = changes(button(tr("Record an output contract"), "", self._add))
        self.add.setEnabled(may_edit)
        adding = row(self.choice, self.add, 1)
        self.setLayout(
            column(self.none, self.contracts.layout, row(self.more, 1), adding, 1, gap=12)
        )
        self._offered: Sequence[tuple[str, str]] | None = None

    def present(self, head: Any) -> None:
        """Offer who or what a new contract can be with, and ask for those there are."""
        offered = self._sides(head)
        if offered != self._offered:
            self._offered = offered
            self.choice.set_options(offered)
            self.choice.set_value(offered[0][0] if offered else None)
        show_if(self.choice, len(offered) > 1)
        self._bench.operations.query(self, self._ask, success=self._show)

    def _show(self, views: tuple[OutputView, ...]) -> None:
        self._views = views
        self.none.setVisible(not views)
        self.contracts.show([(one.contract.id, one) for one in views[: self.more.shown]])
        self.more.tell(len(views))

    def _make(self, _key: str) -> "_ContractRow":
        return _ContractRow(self._bench, self._removals, other=self._other, may_edit=self._may_edit)

    def _add(self) -> None:
        other = self.choice.value()
        if other is None:
            self._bench.say(
                tr("An output contract needs a holder and its land; one is not on record."),
                "caution",
            )
            return
        here, there = self._record_id, other
        enterprise, parcel = (there, here) if self._other == "enterprise" else (here, there)

        def work(ctx: Context) -> OutputContract:
            return record_output_contract(ctx, parcel_id=parcel, enterprise_id=enterprise)

        self._bench.operations.change(self, work)


class _ContractRow(QFrame):
    """One contract: whose, its terms against reality, and the form they are edited in."""

    def __init__(self, bench: Workbench, removals: Removals, *, other: str, may_edit: bool) -> None:
        super().__init__()
        self._bench = bench
        self._removals = removals
        self._other = other
        self._view: OutputView | None = None
        self.name = button("", "link", self._open)
        self.signed = label("", "dim")
        self.latest = Badge()
        self.edit = button(tr("Edit the terms"), "small", self._switch)
        show_if(self.edit, may_edit)
        drop = remover(self._drop, tr("Take out this contract"))
        show_if(drop, may_edit)
        self.form = RecordForm(bench.operations, _fields(), _change_output, columns=form_columns(4))
        self.form.set_read_only(not may_edit)
        self.form.hide()
        self._opened = False
        self._lines: tuple[TermLine, ...] | None = None
        self.terms = QGridLayout()
        self.terms.setHorizontalSpacing(14)
        self.terms.setVerticalSpacing(6)
        head = row(self.name, self.signed, self.latest, 1, self.edit, drop)
        self.setLayout(column(head, self.form, self.terms, gap=10))

    def show_view(self, view: OutputView) -> None:
        """Show this contract; fields being typed in are left alone."""
        first, self._view = self._view is None, view
        parcel = self._other == "parcel"
        self.name.setText(view.parcel.name if parcel else view.enterprise.name)
        self.signed.setText(
            tr("signed {day}", day=formats.day(view.contract.signed_on))
            if view.contract.signed_on is not None
            else tr("not signed yet, or no day on record")
        )
        self.latest.show_word("" if view.latest else tr("replaced by a later one"), "plain")
        self.form.show_record(view.contract)
        if first and not any(getattr(view.contract, name) for name in _TERMS):
            self._switch()
        if view.lines != self._lines:
            self._fill(view.lines)

    def _fill(self, lines: tuple[TermLine, ...]) -> None:
        self._lines = lines
        clear(self.terms)
        if not lines:
            self.terms.addWidget(label(tr("Nothing is agreed in figures yet."), "dim"), 0, 0)
            return
        heads = (
            tr("What is agreed"),
            tr("Agreed"),
            tr("Actual"),
            tr("As of"),
            tr("Difference"),
            tr("Standing"),
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, head in enumerate(heads):
            made = label(head, "label")
            made.setAlignment(right if 0 < at < 5 else Qt.AlignmentFlag.AlignLeft)
            self.terms.addWidget(made, 0, at)
        self.terms.addWidget(line(), 1, 0, 1, len(heads) + 1)
        self.terms.setColumnStretch(len(heads), 1)
        for number, one in enumerate(lines, start=2):
            self._fill_line(number, one)

    def _fill_line(self, number: int, one: TermLine) -> None:
        unit = output_words.unit(one.term)
        name = output_words.term(one.term)
        self.terms.addWidget(label(formats.named(name, unit)), number, 0)
        for at, text in enumerate(
            (
                output_words.agreed(one),
                output_words.actual(one),
                output_words.as_of(one),
                output_words.gap(one),
            ),
            start=1,
        ):
            cell = label(text)
            cell.setFont(theme.tabular(cell.font()))
            self.terms.addWidget(
                cell, number, at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        badge = Badge(output_words.standing(one.standing), output_words.tone(one.standing))
        self.terms.addWidget(badge, number, 5)
        self.terms.addWidget(label(output_words.remarks(one), "dim", wrap=True), number, 6)

    def _switch(self) -> None:
        self._opened = not self._opened
        self.form.setVisible(self._opened)
        self.edit.setText(tr("Close the form") if self._opened else tr("Edit the terms"))

    def _open(self) -> None:
        if self._view is None:
            return
        side: Any = self._view.parcel if self._other == "parcel" else self._view.enterprise
        self._bench.go(Place(self._other, side.id, "output"))

    def _drop(self) -> None:
        if self._view is None:
            return
        said = tr(
            "The output contract of {enterprise} on {parcel} was taken out.",
            enterprise=self._view.enterprise.name,
            parcel=self._view.parcel.name,
        )
        self._removals.take_out(Removable.OUTPUT_CONTRACT, self._view.contract.id, said)


def _fields() -> dict[str, Field]:
    known = labels_of("output_contracts")
    return {name: _field(name, known[name]) for name in _TERMS}


def _field(name: str, found: Label) -> Field:
    if name.endswith("_on"):
        return DateField(found.word)
    if name == "note":
        return NoteField(found.word, rows=2)
    return DecimalField(found.word, unit=found.unit)


def _change_output(ctx: Context, record_id: str, values: dict[str, Any]) -> OutputContract:
    changed: Any = values
    return edit_output_contract(ctx, contract_id=record_id, **changed)
