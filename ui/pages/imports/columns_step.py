"""The first step of an import: which sheet, which kind of roster, which column holds what."""

from collections import defaultdict
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.rosters_table import (
    ColumnChoice,
    ColumnSeen,
    FieldOffer,
    RosterKind,
    SheetSeen,
)
from ui import theme
from ui.pages.imports.field_choice import AS_FOUND, FieldChoice, figures_menu
from ui.pages.imports.flow import ImportFlow
from ui.pages.imports.raw_grid import RawGrid
from ui.pages.imports.words import kind_word
from ui.widgets.basics import Card, box, button, column, label, row, show_if
from ui.widgets.fields import ChoiceField

_YEARS_BACK = 12


class ColumnsStep(QWidget):
    """The first rows as they stand in the file, under what their columns are taken for."""

    def __init__(self, flow: ImportFlow, *, this_year: int) -> None:
        super().__init__()
        self._flow = flow
        self._this_year = this_year
        look = theme.current()
        self.kind = ChoiceField(
            tr("What is in it"), [(kind, kind_word(kind.value)) for kind in RosterKind]
        )
        self.kind.committed.connect(flow.take_kind)
        self.sheet = ChoiceField(tr("Worksheet"))
        self.sheet.committed.connect(flow.take_sheet)
        self.year = ChoiceField(tr("Year of the figures"))
        self.year.committed.connect(flow.take_year)
        for field in (self.kind, self.sheet, self.year):
            field.setFixedWidth(look.px(208))
        self.header = label("", "dim")
        self.remembered = label(
            tr("The columns are taken as they were corrected last time."), "dim"
        )
        self.forget = button(tr("Forget that"), "link", flow.forget)
        self.others = label("", "dim", wrap=True)
        self.elsewhere = label(
            tr("The file is open in another program: what is not saved there is not read."),
            "caution",
            wrap=True,
        )
        self.units = label("", "caution", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.grid = RawGrid()
        self.grid.field_asked.connect(self._ask_field)
        self.grid.figures_asked.connect(self._ask_figures)
        self.grid.header_asked.connect(flow.take_header)
        self.choice: FieldChoice | None = None
        self._kept = box(row(self.remembered, self.forget, gap=4))
        said = column(1, row(self.header, self._kept, 1, gap=16), self.others, gap=0)
        said.setContentsMargins(0, 0, 0, 6)
        top = row(self.kind, self.sheet, self.year, gap=16)
        top.addLayout(said, 1)
        card = Card(margin=0, gap=0)
        self._told = box(column(self.problem, self.elsewhere, self.units, gap=2))
        self._told.setContentsMargins(12, 8, 12, 8)
        card.add(self._told)
        card.add(self.grid, 1)
        page = column(top, gap=8)
        page.addWidget(card, 1)
        self.setLayout(page)

    @property
    def ready(self) -> bool:
        """Whether enough is known to read the rows."""
        seen = self._flow.seen
        if seen is None or seen.header_row is None or seen.missing:
            return False
        return seen.year is not None or not _asks_for_year(seen)

    def refresh(self) -> None:
        """Show the file as it is understood now."""
        seen = self._flow.seen
        if seen is None:
            return
        self.kind.set_value(self._flow.kind)
        self.sheet.set_options([(name, name) for name in seen.sheets])
        self.sheet.set_value(seen.sheet)
        show_if(self.sheet, len(seen.sheets) > 1)
        self._show_year(seen)
        self.header.setText(_header_words(seen))
        show_if(self._kept, seen.remembered)
        self._say_others(seen)
        show_if(self.elsewhere, self._flow.open_elsewhere)
        self._say_problem(seen)
        self._say_units(seen)
        told = (self.problem, self.elsewhere, self.units)
        show_if(self._told, not all(one.isHidden() for one in told))
        self.grid.show_sheet(seen)

    def _show_year(self, seen: SheetSeen) -> None:
        years = set(range(self._this_year, self._this_year - _YEARS_BACK, -1))
        years |= {seen.year} if seen.year is not None else set()
        options = [(year, str(year)) for year in sorted(years, reverse=True)]
        self.year.set_options([(None, tr("Not said")), *options])
        self.year.set_value(seen.year)
        show_if(self.year, _asks_for_year(seen))

    def _say_others(self, seen: SheetSeen) -> None:
        found = self._flow.survey
        others = [
            f"{one.sheet} ({kind_word(one.kind.value)})"
            for one in (found.likely if found is not None else ())
            if one.sheet != seen.sheet and one.kind is not None
        ]
        self.others.setText(
            tr("Further sheets, one import each: {sheets}", sheets=tr(", ").join(others))
        )
        show_if(self.others, bool(others))

    def _say_units(self, seen: SheetSeen) -> None:
        """The units that nobody says and that are taken for granted."""
        granted = [
            tr("{column} in {unit}", column=one.label, unit=one.unit)
            for one in seen.columns
            if one.unit and not one.unit_said
        ]
        self.units.setText(
            tr(
                "Units that are not said are taken as usual: {columns}. Where that is wrong, click "
                "below the column's head.",
                columns=tr(", ").join(granted),
            )
        )
        show_if(self.units, bool(granted))

    def _say_problem(self, seen: SheetSeen) -> None:
        text = ""
        if seen.header_row is None:
            text = tr(
                "No row was recognised as the header. Click “Make header” beside the row in which "
                "the columns' names stand; if there is none, add one to the sheet first."
            )
        elif seen.missing:
            text = tr(
                "One of these is needed: {fields}. Click the head of the column that holds it.",
                fields=tr(", ").join(seen.missing),
            )
        elif not self.ready:
            text = tr("Of which year the figures are is not said: choose it above.")
        self.problem.setText(text)
        show_if(self.problem, bool(text))

    # --- a column -------------------------------------------------------------------------------

    def _ask_field(self, index: int, place: QPoint) -> None:
        seen, one = self._flow.seen, self._column(index)
        if seen is None or one is None or seen.header_row is None:
            return
        taken: dict[str, list[int]] = defaultdict(list)
        for other in seen.columns:
            taken[other.field].append(other.index)
        self.choice = FieldChoice(
            self,
            one,
            seen.offers,
            taken=taken,
            corrected=index in self._flow.correction.columns,
        )
        self.choice.destroyed.connect(self._choice_gone)
        self.choice.chosen.connect(partial(self._take_field, index))
        self.choice.show_at(place)

    def _choice_gone(self) -> None:
        self.choice = None

    def _take_field(self, index: int, field: str) -> None:
        choice = None if field == AS_FOUND else ColumnChoice(field=field)
        self._flow.take_column(index, choice)

    def _ask_figures(self, index: int, place: QPoint) -> None:
        seen, one = self._flow.seen, self._column(index)
        offer = self._offer(one.field) if one is not None else None
        if seen is None or one is None or offer is None:
            return
        menu = figures_menu(
            self,
            one,
            offer,
            this_year=self._this_year,
            years=_has_years(seen) and one.kind not in ("text", "code", "year"),
            take=partial(self._flow.take_column, index),
        )
        if menu.actions():
            menu.popup(place)

    def _column(self, index: int) -> ColumnSeen | None:
        return self.grid.rows.column(index)

    def _offer(self, field: str) -> FieldOffer | None:
        offers = self._flow.seen.offers if self._flow.seen is not None else ()
        return next((one for one in offers if one.field == field), None)


def _has_years(seen: SheetSeen) -> bool:
    """Whether the kind of roster is about years."""
    return any(one.kind == "year" for one in seen.offers)


def _asks_for_year(seen: SheetSeen) -> bool:
    """Whether figures have a year that neither a column nor a header names."""
    if not _has_years(seen) or any(one.kind == "year" for one in seen.columns):
        return False
    figures = (one for one in seen.columns if one.field and one.kind not in ("text", "code"))
    return any(one.year is None for one in figures)


def _header_words(seen: SheetSeen) -> str:
    """Where the header is, and how much is taken over."""
    if seen.header_row is None:
        return ""
    named = [one for one in seen.columns if one.label or one.field]
    taken = sum(1 for one in named if one.field)
    first, last = seen.header_row, seen.header_row + seen.header_lines - 1
    rows = str(first) if first == last else f"{first}–{last}"
    return tr(
        "Header in row {rows} · {taken} of {count} columns are imported",
        rows=rows,
        taken=taken,
        count=len(named),
    )
