"""The second step of an import: what would become of every row, before anything is written."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landsteward.app.language import tr
from landsteward.app.rosters_plan import Decision, Mode
from ui import formats
from ui.pages.imports.flow import ImportFlow, Preview
from ui.pages.imports.preview_rows import REMARKED, Arranged, Fate
from ui.pages.imports.preview_table import PreviewTable
from ui.pages.imports.words import fate_word
from ui.widgets.basics import Card, box, button, column, label, row, show_if
from ui.widgets.flow import FlowLayout

_TONES = {Fate.CREATED.value: "good", Fate.REJECTED.value: "bad"}


class PreviewStep(QWidget):
    """`record_asked` carries the key of an earlier import of the same file."""

    record_asked = Signal(str)
    save_asked = Signal()

    def __init__(self, flow: ImportFlow) -> None:
        super().__init__()
        self._flow = flow
        self._arranged: Arranged | None = None
        self._earlier = ""
        self.only = ""
        self.filters: dict[str, QPushButton] = {}
        counts = FlowLayout(gap=6)
        group = QButtonGroup(self)
        for key in ("", *(fate.value for fate in Fate), REMARKED):
            one = button("", "segment", partial(self.show_only, key))
            one.setCheckable(True)
            one.setProperty("tone", _TONES.get(key, ""))
            group.addButton(one)
            counts.addWidget(one)
            self.filters[key] = one
        self.modes: dict[Mode, QPushButton] = {}
        modes = FlowLayout(gap=6)
        self.known = label("", "dim")
        modes.addWidget(self.known)
        choice = QButtonGroup(self)
        for mode, word in (
            (Mode.UPDATE, tr("Update them")),
            (Mode.SKIP, tr("Leave them as they are")),
            (Mode.ASK, tr("Decide one by one")),
        ):
            one = button(word, "segment", partial(flow.take_mode, mode))
            one.setCheckable(True)
            choice.addButton(one)
            modes.addWidget(one)
            self.modes[mode] = one
        self.undecided = label("", "caution")
        self.update_rest = button(
            tr("Update the rest"), "link", partial(self._decide_rest, Decision.UPDATE)
        )
        self.leave_rest = button(
            tr("Leave the rest"), "link", partial(self._decide_rest, Decision.SKIP)
        )
        self.keys = label(tr("Keys: 1 update · 2 leave"), "dim")
        for widget in (self.undecided, self.update_rest, self.leave_rest, self.keys):
            modes.addWidget(widget)
        self._modes = box(modes)
        self.notice = label("", "caution", wrap=True)
        self.earlier = button("", "link", self._to_earlier)
        noticed = row(self.notice, self.earlier)
        noticed.setStretch(0, 1)
        self._noticed = box(noticed)
        self.table = PreviewTable()
        self.table.decided.connect(self._decide)
        self.table.rows.reason_given.connect(flow.keep_code)
        self.save_refused = button(tr("Save refused rows…"), "quiet", self.save_asked.emit)
        self.nothing = label(tr("No row of this kind."), "dim")
        self.nothing.setContentsMargins(16, 16, 16, 16)
        head = row(box(counts), self.save_refused)
        head.setStretch(0, 1)
        card = Card(margin=0, gap=0)
        card.add(self.nothing)
        card.add(self.table, 1)
        page = column(head, self._modes, self._noticed, gap=8)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Show the preview as it is now; rows that are looked at stay where they are."""
        preview = self._flow.preview
        if preview is None:
            return
        arranged = preview.arranged
        before, self._arranged = self._arranged, arranged
        self._say_counts(arranged)
        self._say_modes(arranged)
        self._say_notice(preview)
        show_if(self.save_refused, bool(preview.result.rejects))
        same = (
            before is not None
            and before.table is arranged.table
            and before.options.mode is arranged.options.mode
        )
        if same:
            self.table.update_rows(arranged)
            return
        if before is None or before.table is not arranged.table:
            self.only = Fate.REJECTED.value if arranged.counts[Fate.REJECTED] else ""
        if arranged.options.mode is Mode.ASK and arranged.counts[Fate.TO_DECIDE]:
            self.only = Fate.TO_DECIDE.value
        elif self.only == Fate.TO_DECIDE.value:
            self.only = ""
        self.show_only(self.only)
        self.table.fit()

    def show_only(self, key: str) -> None:
        """Show the rows of one fate, those remarked, or ("") all."""
        if self._arranged is None:
            return
        self.only = key
        self.filters[key].setChecked(True)
        self.table.rows.show(self._arranged, key)
        empty = not len(self.table.rows.lines)
        self.nothing.setVisible(empty)
        self.table.setVisible(not empty)
        if not empty:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))

    def _say_counts(self, arranged: Arranged) -> None:
        rows = len(arranged.table.rows)
        self.filters[""].setText(tr("All {count}", count=f"{rows:,}"))
        for fate in Fate:
            count = arranged.counts[fate]
            self._count(fate.value, fate_word(fate), count)
        self._count(REMARKED, tr("With remarks"), arranged.remarked)

    def _count(self, key: str, word: str, count: int) -> None:
        shown = self.filters[key]
        shown.setText(f"{word} {count:,}")
        always = (Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED, Fate.REJECTED)
        show_if(shown, count > 0 or key in always or key == self.only)

    def _say_modes(self, arranged: Arranged) -> None:
        mode = arranged.options.mode
        self.known.setText(
            tr("{count} on record differ from their rows:", count=f"{arranged.known:,}")
        )
        self.modes[mode].setChecked(True)
        show_if(self._modes, arranged.known > 0)
        left = arranged.counts[Fate.TO_DECIDE]
        self.undecided.setText(tr("{count} to decide", count=f"{left:,}"))
        for one in (self.undecided, self.update_rest, self.leave_rest):
            show_if(one, left > 0)
        show_if(self.keys, mode is Mode.ASK)

    def _say_notice(self, preview: Preview) -> None:
        arranged = preview.arranged
        self._earlier = ""
        text = ""
        if preview.earlier:
            record = preview.earlier[0]
            self._earlier = record.batch.id
            text = tr(
                "This very file was imported on {when} by {who}: what is on record stays, "
                "only what was refused is looked at anew.",
                when=formats.moment(record.batch.imported_at),
                who=record.by,
            )
        elif self._flow.changed_since:
            text = tr("The file has changed since: what was decided row by row is asked anew.")
        elif arranged.counts[Fate.REJECTED] == len(arranged.table.rows):
            text = tr(
                "Every row is refused. Look at the reasons: often the header or a column is "
                "taken for something else."
            )
        elif not arranged.counts[Fate.CREATED] + arranged.counts[Fate.UPDATED]:
            text = tr("Nothing in it is new: everything is on record as it stands here.")
            if arranged.counts[Fate.REJECTED] or arranged.counts[Fate.TO_DECIDE]:
                text = ""
        self.notice.setText(text)
        self.earlier.setText(tr("Look at that import") if self._earlier else "")
        show_if(self.earlier, bool(self._earlier))
        show_if(self._noticed, bool(text))

    def _decide(self, at: int, decision: Decision) -> None:
        self._take_decision([at], decision)

    def _decide_rest(self, decision: Decision) -> None:
        if self._arranged is not None:
            self._take_decision(self._arranged.to_decide, decision)

    def _take_decision(self, rows: list[int], decision: Decision) -> None:
        """Shown at once; what becomes of the rows by it is worked out in the background."""
        self._flow.decide(rows, decision)
        if self._arranged is not None:
            self._arranged.options = self._flow.options
            self.table.viewport().update()

    def _to_earlier(self) -> None:
        self.record_asked.emit(self._earlier)
