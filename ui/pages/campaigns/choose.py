"""Choosing enterprises: from the register by filter, or by a list of names and credit codes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from landsteward.app.campaign_visits import EnterprisesAdded, VisitsRemoved
from landsteward.app.campaigns import living_campaign
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.name_lists import NameList, keep_list, kept_list, match_names, rows_of
from landsteward.app.views import Facet, ListKind
from landsteward.app.visit_caps import CapView, cap_if_visited
from landsteward.domain.errors import KnownError
from ui.models.paged import PagedTableModel
from ui.operations import Progress, Work
from ui.pages.campaigns.too_often import TooOftenDialog
from ui.pages.lists.columns import columns_of
from ui.widgets.basics import Card, ElidedLabel, box, button, column, label, row, show_if
from ui.widgets.outcome import Next, OutcomeLine
from ui.widgets.signs import EmptyState, words_of
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

_LOOK_AFTER_MS = 250
_KEPT_AFTER_MS = 800
_MOST_LOOKED_AT = 5000
"""Of more chosen enterprises the cap is told once they are in the campaign."""


class ChoosePanel(QWidget):
    """`added`: enterprises came into the campaign."""

    added = Signal()

    def __init__(self, bench: Workbench, campaign_id: str, line: OutcomeLine) -> None:
        super().__init__()
        self._bench = bench
        self._campaign_id = campaign_id
        self._line = line
        self._looking: Work | None = None
        self.cap = CapView(warnings=(), names={})
        self._chosen: list[str] = []
        self.register = self._make_register()
        self.add_chosen = button(tr("Add the selected"), "", self._add_chosen, changing=True)
        self.add_all = button(tr("Add all"), "", self._add_all, changing=True)
        self.warning = ElidedLabel("", "caution")
        self.which = button(tr("Which visits count"), "link", self._show_cap)
        self.leave_out = button(tr("Leave these out"), "link", self._add_without, changing=True)
        said = row(self.warning, self.which, self.leave_out, 1, self.add_chosen, self.add_all)
        by_filter = column(self.register, said, gap=8)
        self.names = NamesPanel(bench, self, campaign_id)
        self.tabs = Tabs()
        self.tabs.add("register", tr("From the register"), box(by_filter))
        self.tabs.add("names", tr("By a list of names"), self.names)
        outer = column(self.tabs, gap=8)
        outer.addWidget(self.tabs.stack, 1)
        self.setLayout(outer)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look_at_cap)
        self.register.selection_changed.connect(self._selected)
        self.register.model.loaded.connect(self._selected)
        self._selected()

    def refresh(self) -> None:
        """Ask for the register again."""
        self.register.refresh()

    def _make_register(self) -> ListPanel:
        services = self._bench.services
        columns = columns_of(
            ListKind.ENTERPRISES, packs=services.packs, today=services.clock.today()
        )
        panel = ListPanel(
            self._bench,
            PagedTableModel(ListKind.ENTERPRISES, columns, self._bench.operations),
            empty=EmptyState(
                tr("Nothing in the register yet"),
                tr("Import a roster of enterprises first."),
                tr("Import…"),
                lambda: self._bench.go(Place("imports")),
                primary=False,
            ),
            hint=tr("Filter: name, code, place, pinyin initials…"),
            name="campaign-choose",
            filters=True,
        )
        panel.opened.connect(lambda key: self._bench.go(Place("enterprise", key)))
        panel.sort_by("name")
        # What is in the campaign already need not be chosen; the chip shows it again.
        panel.choose({Facet.NOT_IN: (self._campaign_id,)})
        return panel

    def _selected(self) -> None:
        self._chosen = self.register.selected_ids()
        chosen, total = len(self._chosen), len(self.register.model.ids)
        self.add_chosen.setEnabled(chosen > 0)
        self.add_chosen.setText(
            tr("Add {count} selected", count=f"{chosen:,}") if chosen else tr("Add the selected")
        )
        self.add_all.setEnabled(total > 0)
        self.add_all.setText(tr("Add all {count} shown", count=f"{total:,}"))
        self._say_cap(CapView(warnings=(), names={}))
        if 0 < chosen <= _MOST_LOOKED_AT:
            self._soon.start()

    def _look_at_cap(self) -> None:
        ids, campaign_id = self._chosen, self._campaign_id

        def look(ctx: Context) -> CapView:
            campaign = living_campaign(ctx, campaign_id=campaign_id)
            known = {
                one.enterprise_id for one in ctx.workspace.visits.where(campaign_id=campaign_id)
            }
            return cap_if_visited(
                ctx,
                enterprise_ids=[one for one in ids if one not in known],
                departments=campaign.departments,
                year=campaign.year,
            )

        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._bench.operations.query(
            self, look, success=self._say_cap, failure=lambda _error: None
        )

    def _say_cap(self, cap: CapView) -> None:
        self.cap = cap
        count = len(cap.enterprise_ids)
        self.warning.setText(
            tr("{count} would be visited more often than the cap.", count=f"{count:,}")
            if count
            else ""
        )
        show_if(self.which, bool(count))
        show_if(self.leave_out, 0 < count < len(self._chosen))

    def _show_cap(self) -> None:
        TooOftenDialog(self._bench, self, self.cap).open()

    def _add_chosen(self) -> None:
        self.add(self._chosen)

    def _add_without(self) -> None:
        left_out = set(self.cap.enterprise_ids)
        self.add([one for one in self._chosen if one not in left_out])

    def _add_all(self) -> None:
        self.add(list(self.register.model.ids))

    def add(self, ids: list[str]) -> None:
        """Choose these enterprises, and say what came of it."""
        from landsteward.app.campaign_visits import add_enterprises

        campaign_id = self._campaign_id

        def work(ctx: Context, progress: Progress) -> EnterprisesAdded:
            return add_enterprises(ctx, campaign_id=campaign_id, enterprise_ids=ids, told=progress)

        running = self._bench.operations.long_change(
            self,
            work,
            success=self._added,
            failure=lambda error: self._line.say(words_of(error), "caution"),
            progressed=self._line.progressed,
            stopped=lambda: self._line.say(tr("Stopped; nothing was changed."), "caution"),
        )
        self._line.working(tr("Choosing enterprises…"), running.cancel)

    def _added(self, added: EnterprisesAdded) -> None:
        text = tr("{count} enterprises added.", count=f"{added.enterprises:,}")
        if added.known:
            text += " " + tr("{count} were there already.", count=f"{added.known:,}")
        following: list[Next] = []
        if added.visit_ids:
            following.append((tr("Undo"), lambda: self._take_back(added)))
        self._line.say(text, "good", *following)
        self.register.table.clearSelection()
        self.added.emit()

    def _take_back(self, added: EnterprisesAdded) -> None:
        from landsteward.app.campaign_visits import remove_visits

        def work(ctx: Context, progress: Progress) -> VisitsRemoved:
            return remove_visits(ctx, visit_ids=added.visit_ids, told=progress)

        running = self._bench.operations.long_change(
            self,
            work,
            success=lambda removed: self._line.say(
                tr("{count} visits were taken out.", count=f"{len(removed.visit_ids):,}"), "good"
            ),
            progressed=self._line.progressed,
        )
        self._line.working(tr("Undoing…"), running.cancel)


class NamesPanel(Card):
    """Names and credit codes, one enterprise a line, pasted or from a sheet."""

    def __init__(self, bench: Workbench, choosing: ChoosePanel, campaign_id: str) -> None:
        super().__init__(margin=16, gap=8)
        self._bench = bench
        self._campaign_id = campaign_id
        self._choosing = choosing
        self._ids: list[str] = []
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            tr("One enterprise a line: name, credit code, or both. Paste from a sheet as it is.")
        )
        self.text.setAccessibleName(tr("Names and credit codes"))
        self.text.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEPT_AFTER_MS)
        self._pause.timeout.connect(self._keep)
        self.text.textChanged.connect(self._pause.start)
        bench.operations.query(
            self, lambda ctx: kept_list(ctx, campaign_id=campaign_id), success=self._take
        )
        self.file = button(tr("From a file…"), "", self._ask_file)
        self.match = button(tr("Find them"), "", self._match)
        self.said = label("", "", wrap=True)
        self.unmatched = QPlainTextEdit()
        self.unmatched.setReadOnly(True)
        self.unmatched.setAccessibleName(tr("Lines that were not found"))
        self.add_found = button(tr("Add"), "", self._add, changing=True)
        self.unmatched_title = label(tr("Not found, to be mended"), "label")
        self.add(self.text, 3)
        self.add(row(self.file, self.match, self.said, 1, self.add_found))
        self.add(self.unmatched_title)
        self.add(self.unmatched, 2)
        self._show(None)

    def _take(self, text: str) -> None:
        """What was written before, unless something is written by now."""
        if text and not self.text.toPlainText():
            self.text.setPlainText(text)

    def _keep(self) -> None:
        text, campaign_id = self.text.toPlainText(), self._campaign_id
        self._bench.operations.change(
            self, lambda ctx: keep_list(ctx, campaign_id=campaign_id, text=text)
        )

    def read(self, file: Path) -> None:
        """Take the rows of a sheet or text file."""
        read = self._bench.services.read_rows

        def done(rows: list[list[str]]) -> None:
            self.text.setPlainText("\n".join("\t".join(cells) for cells in rows))
            self._match()

        self._bench.operations.task(
            self, lambda progress: read(file), success=done, failure=self._failed
        )

    def _failed(self, error: KnownError) -> None:
        self.said.setText(words_of(error))

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            tr("A list of names or credit codes"),
            str(Path.home()),
            tr("Sheets and texts") + " (*.xlsx *.xls *.csv *.txt)",
        )
        if chosen:
            self.read(Path(chosen))

    def _match(self) -> None:
        rows = rows_of(self.text.toPlainText())
        self._bench.operations.query(
            self, lambda ctx: match_names(ctx, rows=rows), success=self._show
        )

    def _show(self, found: NameList | None) -> None:
        self._ids = list(found.enterprise_ids) if found is not None else []
        lines = []
        for one in found.unmatched if found is not None else ():
            why = tr("several: {names}", names="; ".join(one.meant)) if one.meant else ""
            lines.append(f"{one.number}\t{one.text}" + (f"\t{why}" if why else ""))
        self.unmatched.setPlainText("\n".join(lines))
        for widget in (self.unmatched, self.unmatched_title):
            show_if(widget, bool(lines))
        self.add_found.setEnabled(bool(self._ids))
        self.add_found.setText(tr("Add {count} found", count=f"{len(self._ids):,}"))
        if found is None:
            self.said.setText("")
            return
        text = tr(
            "{found} found, {missing} not.", found=len(self._ids), missing=len(found.unmatched)
        )
        if found.repeated:
            text += " " + tr("{count} lines name one again.", count=found.repeated)
        self.said.setText(text)

    def _add(self) -> None:
        self._choosing.add(self._ids)
