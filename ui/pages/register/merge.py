"""Two records side by side, and from them one: which stays, and whose value counts in each line."""

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton

from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.merging import MergeView, merge_enterprises, merge_view
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from landsteward.domain.register import Enterprise, YearlyMetrics
from ui import formats, words
from ui.dialogs.ask import AskFirst
from ui.pages.base import Page
from ui.pages.register.labels import table_word, word
from ui.pages.register.sheet import head_line
from ui.widgets.basics import Card, ElidedLabel, box, button, clear, column, label, line, scrolled
from ui.widgets.signs import MessageBar
from ui.workbench import Place, Workbench

_FIRST, _SECOND = 0, 1


class MergePage(Page):
    """`place.record_id` is one enterprise, `place.step` the other."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._view: MergeView | None = None
        self._may_edit = may(bench.member().person.role, Action.MERGE)
        self.groups: dict[str, QButtonGroup] = {}
        self.message = MessageBar()
        self.merge = button(tr("Merge"), "primary", self._ask)
        self.merge.setEnabled(False)
        self.moves = label("", "dim", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        title = ElidedLabel(tr("Merge two enterprises"), "title")
        self.set_title(tr("Merge two enterprises"))
        head = head_line(bench, back_to=Place("register"), names=(title,), actions=(self.merge,))
        card = Card(margin=16, gap=12)
        card.add(
            label(
                tr(
                    "One record stays with everything that hangs on both. The other leads to it; "
                    "its name and code are kept as former ones."
                ),
                "dim",
                wrap=True,
            )
        )
        card.add(scrolled(box(column(self._grid, self.moves, 1, gap=16))), 1)
        page = column(head, self.message, gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Read both again."""
        first, second = self._place.record_id, self._place.step
        self.bench.operations.query(
            self,
            lambda ctx: merge_view(ctx, first_id=first, second_id=second),
            success=self._show,
            failure=self._gone,
        )

    def _gone(self, error: KnownError) -> None:
        self.merge.setEnabled(False)
        self.message.fail(error)

    def _show(self, view: MergeView) -> None:
        if view == self._view:
            return
        self._view = view
        if view.refused:
            self.message.say(" ".join(render(one) for one in view.refused), "caution")
        else:
            self.message.hide()
        self.merge.setEnabled(self._may_edit and not view.refused)
        clear(self._grid)
        self.groups.clear()
        counts = [sum(one[side] for one in view.children.values()) for side in (_FIRST, _SECOND)]
        better = _FIRST if counts[_FIRST] >= counts[_SECOND] else _SECOND
        self._choice("stays", tr("Stays"), (view.first.name, view.second.name), better)
        self.groups["stays"].idClicked.connect(self._all_of)
        self._grid.addWidget(line(), self._grid.rowCount(), 0, 1, 3)
        for name in view.differing:
            shown = (self._words(view.first, name), self._words(view.second, name))
            side = better if shown[better] else 1 - better
            self._choice(name, word("enterprises", name), shown, side)
        if not view.differing:
            self._grid.addWidget(
                label(tr("All particulars are the same."), "dim"), self._grid.rowCount(), 0, 1, 3
            )
        for clash in view.clashes:
            self._choice(
                str(clash.year),
                tr("Figures of {year}", year=clash.year),
                (_figures(clash.first), _figures(clash.second)),
                better,
            )
        self.moves.setText(_moves(view))

    def _choice(self, key: str, word: str, values: tuple[str, str], side: int) -> None:
        group = QButtonGroup(self)
        at = self._grid.rowCount()
        self._grid.addWidget(label(word, "label"), at, 0)
        for number, value in enumerate(values):
            # An ampersand would become the mark of a short-cut key.
            radio = QRadioButton((value or "–").replace("&", "&&"))
            radio.setAccessibleName(f"{word} {value}")
            radio.setEnabled(self._may_edit and bool(value))
            group.addButton(radio, number)
            self._grid.addWidget(radio, at, number + 1)
        group.button(side).setChecked(True)
        self.groups[key] = group

    def _all_of(self, side: int) -> None:
        """Whoever stays brings its values, where it has any."""
        assert self._view is not None
        one = (self._view.first, self._view.second)[side]
        for key, group in self.groups.items():
            if key == "stays" or (not key.isdigit() and not self._words(one, key)):
                continue
            group.button(side).setChecked(True)

    def _words(self, one: Enterprise, name: str) -> str:
        value: Any = getattr(one, name)
        if value is None or value == "":
            return ""
        if name == "kind":
            return words.enterprise_kind(value)
        if name == "scale":
            return words.scale(value)
        if name == "production":
            return words.production(value)
        if name == "industry_policy":
            return words.industry_policy(value)
        if name == "carrier_id":
            return self._view.carriers.get(value, "") if self._view is not None else ""
        return str(value)

    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        side = self.groups["stays"].checkedId()
        stays, goes = (view.first, view.second) if side == _FIRST else (view.second, view.first)
        take = [name for name in view.differing if self.groups[name].checkedId() != side]
        years = {
            clash.year: (view.first.id, view.second.id)[self.groups[str(clash.year)].checkedId()]
            for clash in view.clashes
        }

        def work(ctx: Context) -> Enterprise:
            return merge_enterprises(
                ctx, stays_id=stays.id, goes_id=goes.id, take=take, years=years
            )

        def merged(kept: Enterprise) -> None:
            self.bench.go(Place("enterprise", kept.id))

        def run() -> None:
            self.bench.operations.change(self, work, success=merged, failure=self.message.fail)

        AskFirst(
            self,
            title=tr("Merge these two?"),
            text=tr(
                "{goes} goes into {stays}. Its contracts, land, figures and cases move there. "
                "The trail keeps what each record was.",
                goes=goes.name,
                stays=stays.name,
            ),
            yes=tr("Merge"),
            run=run,
        ).open()


def _figures(one: YearlyMetrics) -> str:
    parts = (
        (tr("Land"), one.land_area_m2, "m²"),
        (tr("Tax"), one.tax_wan, tr("10 000 yuan")),
        (tr("Revenue"), one.revenue_wan, tr("10 000 yuan")),
    )
    said = [f"{word} {formats.plain(value)} {unit}" for word, value, unit in parts if value]
    return " · ".join(said) or tr("Other figures")


def _moves(view: MergeView) -> str:
    said = [
        f"{table_word(name)} {first} + {second}"
        for name, (first, second) in view.children.items()
        if first or second
    ]
    if not said:
        return tr("Nothing hangs on either of them yet.")
    return tr("Comes together: {list}", list=" · ".join(said))
