"""Two versions of a pack side by side: what was added, removed, changed; what was, what is."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.pack_reading import DRAFT, PackChoice, PackComparison, compare_packs
from landsteward.domain.errors import KnownError
from landsteward.domain.pack_places import PackChange
from ui import theme
from ui.pages.rules.words import PackWords
from ui.widgets.basics import box, clear, column, label, row, scrolled, selectable
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import Badge, words_of
from ui.workbench import Workbench

_MOST = 200
_LONGEST = 400


class ComparePanel(QWidget):
    """Which two, and their differences. `only` leaves the choice out: the two are given."""

    def __init__(self, bench: Workbench, *, only: bool = False) -> None:
        super().__init__()
        self._bench = bench
        self._asked = ("", "")
        self.old = ChoiceField(tr("Earlier version"))
        self.new = ChoiceField(tr("Later version"))
        for field in (self.old, self.new):
            field.setMinimumWidth(theme.current().px(260))
            field.committed.connect(self._chosen)
        self.count = label("", "dim")
        self._rows = column(gap=0)
        held = row(self.old, self.new, self.count, 1, gap=12)
        held.setAlignment(self.count, Qt.AlignmentFlag.AlignVCenter)
        chooser = box(held)
        if only:
            chooser.hide()
        inside = box(column(self._rows, 1))
        layout = column(chooser, gap=12)
        if only:
            layout.addWidget(self.count)
            self.count.show()
        layout.addWidget(scrolled(inside), 1)
        self.setLayout(layout)

    def offer(self, choices: Sequence[PackChoice]) -> None:
        """Offer these versions; at first the draft beside what is in force, or that beside the
        one before it.
        """
        options = [(one.which, choice_in_words(one)) for one in choices]
        self.old.set_options(options)
        self.new.set_options(options)
        if self.old.value() is None and choices:
            now = next((one.which for one in choices if one.in_force), choices[-1].which)
            if any(one.which == DRAFT for one in choices):
                self.show_pair(now, DRAFT)
            else:
                before = [one.which for one in choices if one.which != now]
                self.show_pair(before[0] if before else now, now)

    def show_pair(self, old: str, new: str) -> None:
        """Compare these two."""
        self.old.set_value(old)
        self.new.set_value(new)
        self._ask(old, new)

    def _chosen(self) -> None:
        self._ask(self.old.value() or "", self.new.value() or "")

    def again(self) -> None:
        """Compare the same two again: a draft may have changed."""
        if all(self._asked):
            self._ask(*self._asked)

    def _ask(self, old: str, new: str) -> None:
        self._asked = (old, new)
        if not old or not new:
            return
        files = self._bench.services.pack_files()

        def ask(ctx: Context) -> PackComparison:
            return compare_packs(ctx, files=files, old=old, new=new)

        self._bench.operations.query(
            self, ask, success=partial(self._show, (old, new)), failure=self._failed
        )

    def _failed(self, error: KnownError) -> None:
        clear(self._rows)
        self.count.setText(words_of(error))

    def _show(self, asked: tuple[str, str], found: PackComparison) -> None:
        if asked != self._asked:
            return
        clear(self._rows)
        changes = found.changes
        self.count.setText(
            tr("{count} differences", count=len(changes)) if changes else tr("No difference.")
        )
        before, after = PackWords(found.old.tables), PackWords(found.new.tables)
        for change in changes[:_MOST]:
            self._rows.addWidget(_ChangeRow(change, before, after))
        if len(changes) > _MOST:
            self._rows.addWidget(label(tr("{count} more", count=len(changes) - _MOST), "dim"))


class _ChangeRow(QFrame):
    """One difference: where, which kind, what was and what is."""

    def __init__(self, change: PackChange, before: PackWords, after: PackWords) -> None:
        super().__init__()
        self.setProperty("role", "row")
        there = after if change.new is not None else before
        other = change.new if change.new is not None else change.old
        whole = len(change.place) == 2 and isinstance(other, Mapping)
        title = there.title(other, change.place[-1]) if whole and isinstance(other, Mapping) else ""
        where = " › ".join(there.place(change.file, change.place, title))
        word, tone = _kind(change)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 8, 4, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(Badge(word, tone), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(where, wrap=True), 0, 1)
        said = _said(change, before, after, whole=whole)
        if said:
            grid.addWidget(selectable(said, "dim"), 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.current().px(64))


def _kind(change: PackChange) -> tuple[str, str]:
    if change.old is None:
        return tr("added"), "good"
    if change.new is None:
        return tr("removed"), "bad"
    return tr("changed"), "accent"


def _said(change: PackChange, before: PackWords, after: PackWords, *, whole: bool) -> str:
    """Old and new; of an entry that is new or gone, what it rests on."""
    if whole:
        words, entry = (after, change.new) if change.old is None else (before, change.old)
        named = [name for name in ("severity", "bases", "conditions") if name in entry]
        return " · ".join(words.value(name, entry[name]) for name in named)
    name = change.place[-1] if change.place else ""
    old, new = before.value(name, change.old), after.value(name, change.new)
    return f"{_cut(old)} → {_cut(new)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def choice_in_words(choice: PackChoice) -> str:
    """A version as it is chosen: its name, and whether it is in force."""
    if choice.which == DRAFT:
        return tr("Draft · {name}", name=localised(choice.name, choice.name_en))
    name = localised(choice.name, choice.name_en)
    if choice.in_force:
        return tr("{version} in force · {name}", version=choice.version, name=name)
    if choice.in_force_from is not None:
        day = choice.in_force_from
        return tr("{version} from {day} · {name}", version=choice.version, day=day, name=name)
    return f"{choice.version} · {name}"
