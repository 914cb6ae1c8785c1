"""What an entry says, at the right; in a draft, its form and what can be done with all of it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.pack_reading import PackView
from landsteward.app.rule_packs import edit_pack, take_edit_back
from landsteward.domain.pack_places import Place, value_at
from ui.dialogs.ask import AskName
from ui.pages.rules.content import Entry
from ui.pages.rules.editing import EntryForm
from ui.pages.rules.reading import entry_to_read
from ui.widgets.basics import box, button, changes, clear, column, label, row, scrolled, show_if
from ui.widgets.signs import EmptyState
from ui.workbench import Workbench


class DetailPanel(QWidget):
    """`failed` carries why something about the entry as a whole could not be done."""

    failed = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._layout: QVBoxLayout = column()
        self._shown: tuple[Entry | None, bool] | None = None
        self._view: PackView | None = None
        self.form: EntryForm | None = None
        self.setLayout(self._layout)

    @property
    def shown(self) -> tuple[str, ...]:
        """File and place of what is shown; empty where nothing is."""
        entry = self._shown[0] if self._shown is not None else None
        return (entry.file, *entry.place) if entry is not None else ()

    def show_entry(self, view: PackView, entry: Entry | None, *, editing: bool) -> None:
        """Show an entry of a version, to be changed or only to be read."""
        before, self._view = self._shown, view
        self._shown = (entry, editing)
        if entry is not None and self._goes_on(before, entry, editing):
            assert self.form is not None
            self.title.setText(entry.title)
            show_if(self.restore, entry.changed)
            return
        if before == self._shown and not editing:
            return
        clear(self._layout)
        self.form = None
        if entry is None:
            self._layout.addWidget(
                EmptyState(tr("Nothing fits"), tr("Search for another word."), primary=False)
            )
        elif editing:
            self._edit(view, entry)
        else:
            held = entry_to_read(view, entry)
            held.setContentsMargins(20, 16, 20, 16)
            self._layout.addWidget(scrolled(box(held)))

    def _goes_on(self, before: tuple[Entry | None, bool] | None, entry: Entry, on: bool) -> bool:
        """Whether the same form is still the right one; then what it shows is brought up to date.

        What a person is typing stays.
        """
        if self.form is None or before is None or self._view is None or not on:
            return False
        same = (self.form.file, self.form.place) == (entry.file, entry.place)
        return same and self.form.show_values(self._view)

    def _edit(self, view: PackView, entry: Entry) -> None:
        self.title = label(entry.title, "heading", wrap=True)
        self.restore = button(tr("As it was"), "link", self._restore)
        head = row(self.title, self.restore, gap=4)
        head.setStretch(0, 1)
        files = self._bench.services.pack_files()
        self.form = EntryForm(self._bench.operations, files, view, entry)
        self.form.edition_asked.connect(self._ask_edition)
        held = column(head, self.form, gap=12)
        held.setContentsMargins(20, 16, 20, 16)
        if len(entry.place) == 2 and "key" in entry.table:
            self.another = button(tr("Another like this…"), "link", self._ask_another)
            self.remove = button(tr("Remove"), "quiet", self._remove)
            held.insertLayout(1, row(self.another, self.remove, 1, gap=4))
        changes(self.form)
        self._layout.addWidget(scrolled(box(held)))
        show_if(self.restore, entry.changed)

    def _entry(self) -> Entry:
        entry = self._shown[0] if self._shown is not None else None
        assert entry is not None, "asked for by a button of its form"
        return entry

    def _change(self, file: str, place: Place, value: Any) -> None:
        files = self._bench.services.pack_files()
        self._bench.operations.change(
            self,
            lambda ctx: edit_pack(ctx, files=files, file=file, place=place, value=value),
            failure=self.failed.emit,
        )

    def _remove(self) -> None:
        entry = self._entry()
        self._change(entry.file, entry.place, None)

    def _restore(self) -> None:
        """Let the entry be again what the draft began with."""
        entry, view = self._entry(), self._view
        assert view is not None
        size = len(entry.place)
        mine = [
            one.id
            for one in view.edits
            if one.file == entry.file and one.place[:size] == entry.place
        ]
        files = self._bench.services.pack_files()

        def work(ctx: Context) -> None:
            with ctx.change():
                for edit_id in reversed(mine):
                    take_edit_back(ctx, files=files, edit_id=edit_id)

        self._bench.operations.change(self, work, failure=self.failed.emit)

    def _ask_another(self) -> None:
        entry = self._entry()
        ask = AskName(
            self,
            tr("Another entry like this one"),
            tr("Its key: lower-case English, digits and _"),
            yes=tr("Add"),
        )
        ask.named.connect(partial(self._add_like, entry))
        ask.open()

    def _add_like(self, entry: Entry, key: str) -> None:
        place = (*entry.place[:-1], key)
        assert self._view is not None
        there = value_at(self._view.tables.get(entry.file, {}), place)
        if there is not None:
            self._bench.say(tr("There is an entry {key} already.", key=key), "caution")
            return
        self._change(entry.file, place, dict(entry.table) | {"key": key})

    def _ask_edition(self, place: Place) -> None:
        ask = AskName(
            self, tr("Another edition of this law"), tr("Name of the edition"), yes=tr("Add")
        )
        ask.named.connect(partial(self._add_edition, self._entry().file, place))
        ask.open()

    def _add_edition(self, file: str, place: Place, name: str) -> None:
        """Behind the last one: from today on, where that one has ended."""
        today = self._bench.services.clock.today()
        self._change(file, (*place, name), {"version": name, "valid_from": today})
