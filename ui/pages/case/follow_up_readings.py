"""The figures an entry reports: a row for each, another one where it is asked for."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from landsteward.app.follow_ups import GivenReading
from landsteward.app.language import localised, tr
from landsteward.domain.follow_ups import MetricReading
from landsteward.domain.rulepack import MetricKind
from ui import words as shared
from ui.widgets.basics import button, column, row
from ui.widgets.fields import ChoiceField, DecimalField, Field, TextField, WholeField
from ui.widgets.forms import grid

_MOST = 8


class _Row(QWidget):
    """One figure: of what, of which year or quarter, how much, and who says so."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ChoiceField(tr("Metric"))
        self.year = WholeField(tr("Year"), minimum=1990, maximum=2100)
        self.quarter = ChoiceField(
            tr("Quarter"),
            [(None, tr("Whole year"))] + [(one, shared.quarter(one)) for one in range(1, 5)],
        )
        self.value = DecimalField(tr("Reading"), minimum=None)
        self.source = TextField(tr("Source"))
        first = grid([self.kind, self.year, self.quarter], columns=3)
        first.setColumnStretch(0, 2)
        second = grid([self.value, self.source], columns=2)
        self.setLayout(column(first, second, gap=8))

    @property
    def empty(self) -> bool:
        """Whether nothing is entered but what is offered."""
        return self.kind.value() is None and not self.value.line.text().strip()

    def given(self) -> GivenReading | None:
        """The figure; None where something is missing, and it says so."""
        metric, year, value = self.kind.value(), self.year.value(), self.value.value()
        for field, there, words in (
            (self.kind, metric is not None, tr("Say which metric the figure is of.")),
            (self.year, year is not None, tr("Say of which year.")),
            (self.value, value is not None, tr("Say how much it is.")),
            (self.source, bool(self.source.value()), tr("Say where the figure comes from.")),
        ):
            if not there:
                field.set_error(words)
                field.setFocus()
                return None
        return GivenReading(
            metric=str(metric),
            year=int(year or 0),
            quarter=self.quarter.value(),
            value=value if value is not None else Decimal(0),
            source=self.source.value(),
        )


class ReadingsForm(QWidget):
    """Rows of figures. `fields` are those of all rows, by names that a draft keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = [_Row() for _ in range(_MOST)]
        self.more = button(tr("Add a figure"), "link", self._more)
        self.fields: dict[str, Field] = {}
        for number, one in enumerate(self.rows):
            self.fields |= {
                f"metric_{number}": one.kind,
                f"year_{number}": one.year,
                f"quarter_{number}": one.quarter,
                f"value_{number}": one.value,
                f"source_{number}": one.source,
            }
        self.setLayout(column(*self.rows, row(self.more, 1), gap=8))
        self._year: int | None = None
        self._show(0)

    def offer(self, metrics: tuple[MetricKind, ...], year: int) -> None:
        """The metrics of the pack, and this year for a new figure."""
        self._year = year
        options: list[tuple[str | None, str]] = [(None, tr("None"))]
        options += [
            (one.key, f"{localised(one.name, one.name_en)} · {one.unit}") for one in metrics
        ]
        for one in self.rows:
            one.kind.set_options(options)

    def arrange(self) -> None:
        """Show the rows that hold something."""
        filled = [number for number, one in enumerate(self.rows) if not one.empty]
        self._show(max(filled, default=-1) + 1)

    def show_readings(self, readings: tuple[MetricReading, ...]) -> None:
        """Put figures in, to be corrected."""
        for one, reading in zip(self.rows, readings, strict=False):
            one.kind.set_value(reading.metric)
            one.year.set_value(reading.year)
            one.quarter.set_value(reading.quarter)
            one.value.set_value(reading.value)
            one.source.set_value(reading.source)
        self.arrange()

    def committed(self) -> bool:
        """Whether every field makes sense."""
        return all([field.commit() for field in self.fields.values()])

    def given(self) -> list[GivenReading] | None:
        """All figures entered; None where one is not complete."""
        found = []
        for one in self.rows:
            if one.empty:
                continue
            reading = one.given()
            if reading is None:
                return None
            found.append(reading)
        return found

    def _more(self) -> None:
        number = sum(not one.isHidden() for one in self.rows)
        self._show(number + 1)
        fresh = self.rows[number]
        if fresh.year.value() is None:
            fresh.year.set_value(self._year)
        fresh.kind.setFocus()

    def _show(self, count: int) -> None:
        for number, one in enumerate(self.rows):
            one.setVisible(number < count)
        self.more.setVisible(count < _MOST)
