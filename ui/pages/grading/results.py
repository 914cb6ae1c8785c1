"""What the ranked list of a run is narrowed by."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from landsteward.app.grading_views import RunView
from landsteward.app.language import tr
from landsteward.domain.states import Scale
from ui import theme
from ui.pages.grading import words
from ui.widgets.basics import show_if
from ui.widgets.fields import ChoiceField
from ui.widgets.table import ListPanel

_NOBODY = "~"


class ResultFilters(QWidget):
    """One choice each: group, grade, change, carrier, industry, and whether there is a score."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__()
        self._panel = panel
        self.choices = {
            "scale": self._choice(tr("All groups"), 150),
            "grade": self._choice(tr("All grades"), 150),
            "change": self._choice(tr("All changes"), 150),
            "state": self._choice(tr("Scored or not"), 150),
            "carrier_id": self._choice(tr("All carriers"), 170),
            "industry_class": self._choice(tr("All industries"), 190),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for choice in self.choices.values():
            layout.addWidget(choice)
        layout.addStretch(1)

    def _choice(self, name: str, width: int) -> ChoiceField:
        made = ChoiceField("", [(_NOBODY, name)])
        made.set_value(_NOBODY)
        made.setAccessibleName(name)
        made.box.setAccessibleName(name)
        made.setFixedWidth(theme.current().px(width))
        made.committed.connect(lambda _value: self._narrow())
        return made

    def offer(self, view: RunView) -> None:
        """What there is to choose from in this run."""
        scheme = view.run.scheme
        self._offer("scale", [(one.value, words.group(one)) for one in Scale])
        self._offer(
            "grade",
            [(one, words.grade_name(scheme, one)) for one in scheme.grades]
            + [("", tr("No grade"))],
        )
        self._offer(
            "change",
            [(key, words.change(key)) for key in ("better", "same", "worse")]
            if view.changes
            else [],
        )
        self._offer("state", [("scored", tr("With a score")), ("unscored", tr("Cannot be scored"))])
        self._offer("carrier_id", list(view.carriers.items()))
        self._offer("industry_class", [(code, f"{code} {name}") for code, name in view.industries])

    def _offer(self, key: str, options: list[tuple[str, str]]) -> None:
        choice = self.choices[key]
        everything = (_NOBODY, choice.box.accessibleName())
        choice.set_options([everything, *options])
        show_if(choice, len(options) > 1)

    def _narrow(self) -> None:
        chosen = {key: choice.value() for key, choice in self.choices.items()}
        equal = {key: value for key, value in chosen.items() if value not in (None, _NOBODY)}
        self._panel.model.show_filter(
            self._panel.filter.text().strip(), equal={**self._panel.always, **equal}
        )
