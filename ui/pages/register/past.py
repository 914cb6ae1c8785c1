"""An enterprise or a parcel as it was recorded earlier: read only, with what differs from now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.occupancies import OccupancyRow
from landsteward.app.past import (
    PastLine,
    PastSheet,
    PastValue,
    Since,
    end_of,
    enterprise_past,
    parcel_past,
)
from landsteward.domain.errors import KnownError
from ui import formats, theme
from ui.pages.base import Page
from ui.pages.register.labels import Label, labels_of, table_word, value_in_words
from ui.pages.register.sheet import AsOf, head_line
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    row,
    scrolled,
)
from ui.widgets.forms import form_columns
from ui.widgets.signs import Badge, words_of
from ui.workbench import Place, Workbench

_FACT_COLUMNS = 4
_LINES_SHOWN = 40
_SHEETS_SHOWN = 12
_SHEETS = frozenset({"supply_contracts"})
_LISTS = (
    "occupancies",
    "supply_contracts",
    "output_contracts",
    "construction_progress",
    "land_standings",
    "yearly_metrics",
    "parcel_boundaries",
)


class PastPage(Page):
    """`place.step` is a day (its end) or a moment."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._sheet: PastSheet | None = None
        self._day, self._moment = _asked(place.step)
        self.name = ElidedLabel("", "title")
        self._page = place.page.removesuffix("_past")
        today = Place(self._page, place.record_id)
        self.back = button(tr("Back to today"), "primary", partial(bench.go, today))
        self.as_of = AsOf(bench, self._page, place.record_id)
        self.as_of.day.set_value(self._day)
        self.banner = label("", "", wrap=True)
        self.also = label("", "", wrap=True)
        frame = Card(margin=10, gap=2)
        frame.setProperty("role", "")
        frame.setProperty("message", "caution")
        frame.add(self.banner)
        frame.add(self.also)
        self.inside: QVBoxLayout = column(gap=14)
        card = Card(margin=16)
        held = column(gap=0)
        held.addLayout(self.inside)
        held.addStretch(1)
        area = scrolled(box(held))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        card.add(area, 1)
        head = head_line(
            bench,
            back_to=today,
            names=(self.name,),
            actions=(self.as_of, self.back),
        )
        page = column(head, frame, gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Read the record of then, and of now beside it."""
        key, day, moment = self._place.record_id, self._day, self._moment
        enterprise = self._page == "enterprise"

        def read(ctx: Context) -> PastSheet:
            at = moment if moment is not None else end_of(ctx, day)
            if enterprise:
                return enterprise_past(ctx, enterprise_id=key, at=at)
            return parcel_past(ctx, parcel_id=key, at=at)

        self.bench.operations.query(self, read, success=self._show, failure=self._gone)

    def _gone(self, error: KnownError) -> None:
        self.banner.setText(words_of(error))

    def _show(self, sheet: PastSheet) -> None:
        if sheet == self._sheet:
            return
        self._sheet = sheet
        when = formats.moment(sheet.at) if self._moment is not None else formats.day(self._day)
        clear(self.inside)
        if not sheet.lines:
            self._show_nothing(sheet, when)
            return
        own, *rest = sheet.lines
        self.set_title(f"{own.record.name} {when}")
        self.name.setText(own.record.name)
        changed = sum(
            one.differs
            for line in sheet.lines
            if line.since is Since.CHANGED
            for one in _shown(line)
        )
        gone = sum(one.since is Since.GONE for one in sheet.lines)
        new = sum(one.since is Since.NEW for one in sheet.lines)
        self.banner.setText(
            tr("As it was on record on {when}. Nothing can be changed here.", when=when)
        )
        self.also.setText(
            tr(
                "Since then: {changed} values changed, {gone} lines gone, {new} lines new.",
                changed=changed,
                gone=gone,
                new=new,
            )
            if changed or gone or new
            else tr("Nothing has changed since.")
        )
        self._fill_facts(own, sheet.names)
        for table in _LISTS:
            lines = [one for one in rest if one.table == table]
            if table in _SHEETS:
                self._fill_sheets(table, lines, sheet.names)
            elif lines:
                self._fill_list(table, lines, sheet.names)
        self._fill_uses(sheet, formats.day(sheet.at.date()))

    def _show_nothing(self, sheet: PastSheet, when: str) -> None:
        self.also.setText("")
        if sheet.first is not None and sheet.first[0] > sheet.at:
            self.banner.setText(
                tr(
                    "Not yet on record on {when}: it was entered on {day} by {who}.",
                    when=when,
                    day=formats.moment(sheet.first[0]),
                    who=sheet.first[1],
                )
            )
        else:
            self.banner.setText(
                tr("No longer on record on {when}: it was merged or deleted before.", when=when)
            )
        self._fill_uses(sheet, formats.day(sheet.at.date()))

    def _fill_sheets(self, table: str, lines: Sequence[PastLine], names: Mapping[str, str]) -> None:
        """Records with too many fields for a line: each as a sheet of its own."""
        for line in lines[:_SHEETS_SHOWN]:
            parts: list[QWidget] = [label(table_word(table), "heading")]
            badge = _badge(line.since)
            parts += [badge] if badge is not None else []
            self.inside.addLayout(row(*parts, 1))
            self._fill_facts(line, names)
        if len(lines) > _SHEETS_SHOWN:
            more = len(lines) - _SHEETS_SHOWN
            self.inside.addWidget(label(tr("{count} more", count=more), "dim"))

    def _fill_facts(self, own: PastLine, names: Mapping[str, str]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        known = labels_of(own.table)
        columns = form_columns(_FACT_COLUMNS)
        at = 0
        for one in _shown(own):
            if not one.said or one.then == self._place.record_id:
                continue
            cell = column(
                label(known[one.name].word, "label"), *_then_and_now(one, known, names), gap=0
            )
            grid.addWidget(box(cell), at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
            at += 1
        for number in range(columns):
            grid.setColumnStretch(number, 1)
        self.inside.addLayout(grid)

    def _fill_list(self, table: str, lines: Sequence[PastLine], names: Mapping[str, str]) -> None:
        known = labels_of(table)
        shown = [_values(line, self._place.record_id) for line in lines[:_LINES_SHOWN]]
        used = [name for name in known if any(name in one and one[name].said for one in shown)]
        self.inside.addWidget(label(table_word(table), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        for at, name in enumerate(used):
            unit = known[name].unit
            grid.addWidget(
                label(f"{known[name].word}\n{unit}" if unit else known[name].word, "label"), 0, at
            )
        for number, (line, values) in enumerate(zip(lines, shown, strict=False), start=1):
            for at, name in enumerate(used):
                if name in values:
                    cell = column(*_then_and_now(values[name], known, names, bare=True), gap=0)
                    grid.addWidget(box(cell), number, at, Qt.AlignmentFlag.AlignTop)
            badge = _badge(line.since)
            if badge is not None:
                grid.addWidget(badge, number, len(used), Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(used) + 1, 1)
        self.inside.addLayout(grid)
        if len(lines) > _LINES_SHOWN:
            more = len(lines) - _LINES_SHOWN
            self.inside.addWidget(label(tr("{count} more", count=more), "dim"))

    def _fill_uses(self, sheet: PastSheet, day: str) -> None:
        """The other question: who used the land on that day."""
        if not sheet.used_then and not sheet.used_known:
            return
        self.inside.addWidget(label(tr("Who used the land on {day}", day=day), "heading"))
        then = column(label(tr("As recorded then"), "label"), gap=2)
        known = column(label(tr("As known today"), "label"), gap=2)
        for side, rows in ((then, sheet.used_then), (known, sheet.used_known)):
            for text in self._users(rows):
                side.addWidget(label(text, wrap=True))
            side.addStretch(1)
        both = row(gap=24)
        both.addLayout(then, 1)
        both.addLayout(known, 1)
        self.inside.addLayout(both)

    def _users(self, rows: Sequence[OccupancyRow]) -> list[str]:
        enterprise = self._page == "enterprise"
        said = [
            " · ".join(
                (
                    one.parcel.name if enterprise else one.enterprise.name,
                    value_in_words(
                        labels_of("occupancies")["tenure"], "tenure", one.occupancy.tenure, {}
                    ),
                    formats.area(one.occupancy.area_m2),
                    f"{formats.day(one.occupancy.from_on)} – {formats.day(one.occupancy.to_on)}",
                )
            )
            for one in rows[:_LINES_SHOWN]
        ]
        if len(rows) > _LINES_SHOWN:
            said.append(tr("{count} more", count=len(rows) - _LINES_SHOWN))
        return said or [tr("Nobody on record.")]


class _Value:
    """A value of a line with what it is now, where that is another."""

    def __init__(self, value: PastValue, since: Since) -> None:
        self.name = value.name
        self.then = value.now if since is Since.NEW else value.then
        self.now = value.now
        self.differs = since is Since.CHANGED and value.then != value.now
        self.said = self.then not in (None, "") or self.differs


def _shown(line: PastLine) -> list[_Value]:
    """The values people know, in the order they are read in."""
    by_name = {one.name: one for one in line.values}
    return [_Value(by_name[name], line.since) for name in labels_of(line.table) if name in by_name]


def _values(line: PastLine, own_id: str) -> dict[str, _Value]:
    return {one.name: one for one in _shown(line) if one.then != own_id or one.differs}


def _then_and_now(
    one: _Value, known: Mapping[str, Label], names: Mapping[str, str], *, bare: bool = False
) -> list[QLabel]:
    found = known[one.name]
    plain = Label(found.word, found.kind) if bare else found
    then = label(value_in_words(plain, one.name, one.then, names), wrap=not bare)
    then.setFont(theme.tabular(then.font()))
    if not one.differs:
        return [then]
    now = tr("≠ now {value}", value=value_in_words(plain, one.name, one.now, names))
    return [then, label(now, "caution", wrap=not bare)]


def _badge(since: Since) -> Badge | None:
    word = {
        Since.GONE: (tr("no longer here"), "caution"),
        Since.NEW: (tr("not on record then"), "plain"),
    }.get(since)
    return Badge(*word) if word is not None else None


def _asked(step: str) -> tuple[date, datetime | None]:
    """The day and, where one is named, the moment a place is about."""
    if "T" in step:
        moment = datetime.fromisoformat(step)
        return moment.date(), moment
    return date.fromisoformat(step), None
