"""The times a record is asked for: this year, those before, or all of it."""

from datetime import date

from landsteward.app.language import tr
from landsteward.domain.engagements import Term
from ui.widgets.fields import ChoiceField

_YEARS = 5


class PeriodField(ChoiceField):
    """A choice of years; `within` is the time chosen."""

    def __init__(self, today: date) -> None:
        years = [today.year - back for back in range(_YEARS)]
        super().__init__("", [*((year, str(year)) for year in years), (0, tr("All years"))])
        self.setAccessibleName(tr("Period"))
        self.setFixedWidth(140)
        self.set_value(today.year)

    @property
    def within(self) -> Term:
        """From its first to its last day."""
        year = self.value()
        if not year:
            return Term(first=date.min)
        return Term(first=date(year, 1, 1), last=date(year, 12, 31))
