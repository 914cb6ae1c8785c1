"""经过: what happened, newest first, by day; opened line by line, loaded in portions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from landsteward.app.chronicle import ChronicleFilter, ChroniclePart, Happening
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.removals import Removable, bring_back
from ui import theme
from ui.pages import registry
from ui.pages.register.chronicle_words import Said, Wording, day_words, happened
from ui.pages.register.sheet import Part
from ui.pages.register.unmerge import ask_to_unmerge
from ui.widgets.basics import column, label, row
from ui.widgets.fields import ChoiceField
from ui.workbench import Place, Workbench

_LATEST = 12
AskPart = Callable[[Context, ChronicleFilter | None, int | None], ChroniclePart]
AskDays = Callable[[Context], tuple[Happening, ...]]


class ChronicleTab(Part):
    """Everything that happened to one record, with a choice of what is looked at.

    With `lead` it shows the latest only, beside something else, and leads to the whole.
    """

    scrolls = True

    def __init__(
        self,
        bench: Workbench,
        place: Place,
        ask: AskPart,
        ask_days: AskDays,
        *,
        may_edit: bool,
        lead: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._bench = bench
        self._place = place
        self._ask = ask
        self._ask_days = ask_days
        self._may_edit = may_edit
        self._lead = lead
        self._first: ChroniclePart | None = None
        self._days: tuple[Happening, ...] = ()
        self._lines: list[Said] = []
        self._before: int | None = None
        self._opened: set[str] = set()
        self._links: dict[str, Callable[[], object]] = {}
        self._written: list[Said] = []
        self._tail = 0
        self.only = ChoiceField(
            "",
            [
                (None, tr("Everything")),
                (ChronicleFilter.FACTS, tr("Particulars")),
                (ChronicleFilter.LAND, tr("Used land")),
                (ChronicleFilter.CONTRACTS, tr("Contracts and construction")),
                (ChronicleFilter.FIGURES, tr("Yearly figures")),
                (ChronicleFilter.CASES, tr("Cases")),
                (ChronicleFilter.IMPORTS, tr("Imports")),
            ],
        )
        self.only.setFixedWidth(theme.current().px(190))
        self.only.box.setAccessibleName(tr("What is looked at"))
        self.only.set_value(None)
        self.only.committed.connect(lambda _key: self._read())
        self.hint = label(
            tr("Recorded changes with who and when; days without an hour are what happened then."),
            "dim",
        )
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setObjectName("timeline")
        self.view.setAccessibleName(tr("What happened"))
        self.view.document().setDocumentMargin(0)
        self.view.viewport().setAutoFillBackground(False)
        self.view.anchorClicked.connect(self._follow)
        layout = column(gap=10)
        if lead is not None:
            self.only.setParent(self)
            self.hint.setParent(self)
            self.only.hide()
            self.hint.hide()
        else:
            layout.addLayout(row(self.only, self.hint, 1))
        layout.addWidget(self.view, 1)
        self.setLayout(layout)

    def present(self, head: Any) -> None:
        """Ask for the latest; what was loaded before stays where nothing is new."""
        self._read(keep=True)

    def _read(self, *, keep: bool = False) -> None:
        only = self.only.value()

        def asked(ctx: Context) -> tuple[ChroniclePart, tuple[Happening, ...]]:
            days = self._ask_days(ctx) if only in (None, ChronicleFilter.CONTRACTS) else ()
            return self._ask(ctx, only, None), days

        self._bench.operations.query(self, asked, success=partial(self._show, keep))

    def _show(self, keep: bool, found: tuple[ChroniclePart, tuple[Happening, ...]]) -> None:
        part, days = found
        if keep and part == self._first and days == self._days:
            return
        self._first, self._days = part, days
        self._lines = _worded(self._place.record_id, part)
        self._before = part.before
        self._write()

    def _more(self) -> None:
        only, before = self.only.value(), self._before
        self._bench.operations.query(
            self, lambda ctx: self._ask(ctx, only, before), success=self._append
        )

    def _append(self, part: ChroniclePart) -> None:
        self._lines += _worded(self._place.record_id, part)
        self._before = part.before
        self._write(anew=False)

    def woven(self) -> list[Said]:
        """Changes and dated days in one order; days older than what is loaded come with it."""
        days = [happened(one, number) for number, one in enumerate(self._days)]
        if self._before is not None and self._lines:
            oldest = self._lines[-1].day
            days = [one for one in days if one.day >= oldest]
        together = [*self._lines, *days]
        together.sort(key=lambda one: (one.day, bool(one.time)), reverse=True)
        return together

    def _back(self, kind: Removable, record_id: str) -> None:
        self._bench.operations.change(self, partial(bring_back, kind=kind, record_id=record_id))

    def _follow(self, link: QUrl) -> None:
        run = self._links.get(link.toString())
        if run is not None:
            run()

    def _turn(self, key: str) -> None:
        self._opened ^= {key}
        self._write()

    # Writing

    def _write(self, *, anew: bool = True) -> None:
        """Write the lines; behind those that stand already, unless `anew`."""
        top = self.view.verticalScrollBar().value()
        lines = self.woven()
        known = len(self._written)
        if anew or not known or lines[:known] != self._written:
            known = 0
            self._links = {}
            self.view.clear()
        pen = _Pen(QTextCursor(self.view.document()), self._links, known and self._tail)
        self._written = lines
        more: Callable[[], object] | None = self._more if self._before is not None else None
        word = tr("Show what was before")
        if self._lead is not None:
            more, word = self._lead if len(lines) > _LATEST else None, tr("All of it")
            lines = lines[:_LATEST]
        if not lines:
            pen.line([Piece(tr("Nothing on record yet."), "dim")])
        today = self._bench.services.clock.today()
        day = lines[known - 1].day if known else None
        for one in lines[known:]:
            if one.day != day:
                heading = Piece(day_words(one.day, today), "head")
                pen.line([heading], gap=4, above=day is not None)
                day = one.day
            self._write_line(pen, one)
        self._tail = pen.place
        if more is not None:
            pen.line([Piece(word, "accent", more)], gap=4, above=True)
        pen.end()
        self.view.verticalScrollBar().setValue(top)

    def _write_line(self, pen: "_Pen", one: Said) -> None:
        foldable = bool(one.lines) and (one.folded or self._lead is not None)
        opened = one.key in self._opened or not foldable
        pieces = [Piece(f"{one.time or '——'}　", "dim")]
        if foldable:
            sign = "▾" if opened else "▸"
            pieces.append(Piece(f"{one.what} {sign}", "ink", partial(self._turn, one.key)))
        else:
            pieces.append(Piece(one.what))
        if one.actor:
            pieces.append(Piece(f"　{one.actor}", "dim"))
        if self._lead is None:
            for action in self._actions(one):
                pieces += [Piece("　", "dim"), action]
        pen.line(pieces, gap=2 if opened and one.lines else 6)
        for number, line in enumerate(one.lines if opened else ()):
            last = number == len(one.lines) - 1
            pen.line([Piece(line, "dim")], inner=True, gap=6 if last else 1)

    def _actions(self, one: Said) -> list["Piece"]:
        """What can be done about a line, as links."""
        go, place = self._bench.go, self._place
        found: list[Piece] = []
        if one.batch_id:
            run = partial(go, Place("imports", one.batch_id))
            found.append(Piece(tr("The import"), "accent", run))
        if one.gone_id and self._may_edit:
            run = partial(ask_to_unmerge, self._bench, self, one.gone_id)
            found.append(Piece(tr("Take the merging back…"), "accent", run))
        if one.removed is not None and self._may_edit:
            kind, record_id = one.removed
            found.append(Piece(tr("Bring back"), "accent", partial(self._back, kind, record_id)))
        if one.moment:
            then = registry.earlier(place.page, place.record_id, one.moment)
            found.append(Piece(tr("As it was then"), "link", partial(go, then)))
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line: ink, dim, head, accent or link; with something to run, a link."""

    text: str
    tone: str = "ink"
    run: Callable[[], object] | None = None


class _Pen:
    """Writes lines into a document, and notes what their links run."""

    def __init__(
        self, cursor: QTextCursor, links: dict[str, Callable[[], object]], after: int
    ) -> None:
        """Writes behind the place `after`, over what stands there; 0 is an empty document."""
        self._cursor = cursor
        self._links = links
        self._first = not after
        look = theme.current()
        self._formats: dict[str, QTextCharFormat] = {}
        for name, colour in (
            ("ink", "ink"),
            ("dim", "dim"),
            ("head", "ink"),
            ("accent", "accent"),
            ("link", "dim"),
        ):
            made = QTextCharFormat()
            made.setForeground(look.colour(colour))
            made.setFontWeight(600 if name == "head" else 400)
            made.setFontUnderline(name == "link")
            self._formats[name] = made
        cursor.beginEditBlock()
        cursor.setPosition(after)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    @property
    def place(self) -> int:
        """Where the next line will be written."""
        return self._cursor.position()

    def line(
        self, pieces: Sequence[Piece], *, inner: bool = False, gap: int = 6, above: bool = False
    ) -> None:
        """A line, `inner` ones set in."""
        block = QTextBlockFormat()
        block.setBottomMargin(gap)
        block.setTopMargin(6 if above else 0)
        block.setLeftMargin(theme.current().px(46) if inner else 0)
        if self._first:
            self._cursor.setBlockFormat(block)
            self._first = False
        else:
            self._cursor.insertBlock(block)
        for piece in pieces:
            how = self._formats[piece.tone]
            if piece.run is not None:
                key = f"#{len(self._links)}"
                self._links[key] = piece.run
                how = QTextCharFormat(how)
                how.setAnchor(True)
                how.setAnchorHref(key)
            self._cursor.insertText(piece.text, how)

    def end(self) -> None:
        """All is written."""
        self._cursor.endEditBlock()


def _worded(own_id: str, part: ChroniclePart) -> list[Said]:
    wording = Wording(own_id, part.lines, part.names, part.standing)
    found = (wording.said(one) for one in part.occurrences)
    return [one for one in found if one is not None]
