"""Two versions of a plan side by side: what was added, taken out and changed."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from landsteward.app.language import tr
from landsteward.app.plan_comparing import PlanChange, PlanComparison
from landsteward.domain.rich_text import plain
from landsteward.domain.text_changes import Piece, text_changes
from ui import theme
from ui.pages.case import plan_words as words
from ui.pages.case.reading import CaseHead
from ui.widgets.basics import Card, box, button, clear, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import Badge

_RICH = frozenset({"cause_analysis", "measures"})


class VersionsView(Card):
    """Choose two versions; each change is a line with the old text and the new one."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Versions side by side"), margin=16, gap=10)
        self.earlier = ChoiceField(tr("Earlier version"))
        self.later = ChoiceField(tr("Later version"))
        for field in (self.earlier, self.later):
            field.setFixedWidth(260)
            field.committed.connect(self._choose)
        self.close_button = button(tr("Back to the plan"), "small", self.left.emit)
        self.count = label("", "dim")
        top = row(self.earlier, self.later, self.count, 1, self.close_button, gap=12)
        self.add(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for place, stretch in ((1, 2), (2, 4), (3, 4)):
            self._grid.setColumnStretch(place, stretch)
        self.add(box(self._grid))
        self.body.addStretch(1)
        self.lines: list[tuple[str, str, str]] = []
        self._shown: PlanComparison | None = None

    def offer(self, versions: list[tuple[str, str]], earlier: str, later: str) -> None:
        """Offer these versions, two of them chosen."""
        self.earlier.set_options(versions[:-1])
        self.later.set_options(versions[1:])
        self.earlier.set_value(earlier)
        self.later.set_value(later)

    def present(self, head: CaseHead, comparison: PlanComparison | None) -> None:
        """Show what changed."""
        if comparison is None or comparison == self._shown:
            return
        self._shown = comparison
        clear(self._grid)
        self.lines = []
        changes = comparison.changes
        self.count.setText(
            tr("{count} changes", count=len(changes)) if changes else tr("Nothing was changed.")
        )
        if changes:
            for place, text in enumerate(
                (
                    tr("Version {number}", number=comparison.earlier.version),
                    tr("Version {number}", number=comparison.later.version),
                ),
                start=2,
            ):
                self._grid.addWidget(label(text, "heading"), 0, place)
        top = Qt.AlignmentFlag.AlignTop
        for at, one in enumerate(changes, start=1):
            about = words.about(one, head.pack)
            old, new = _sides(one)
            self._grid.addWidget(
                Badge(words.change(one.kind), words.change_tone(one.kind)), at, 0, top
            )
            self._grid.addWidget(label(about, "dim", wrap=True), at, 1, top)
            self._grid.addWidget(_marked(old, Piece.NEW, one), at, 2, top)
            self._grid.addWidget(_marked(new, Piece.GONE, one), at, 3, top)
            self.lines.append((about, old, new))

    def _choose(self) -> None:
        self.chosen.emit(str(self.earlier.value()), str(self.later.value()))


def _sides(one: PlanChange) -> tuple[str, str]:
    """Both texts as people read them."""
    old, new = words.value(one, one.old), words.value(one, one.new)
    return (plain(old), plain(new)) if one.field in _RICH else (old, new)


def _marked(text: str, without: Piece, one: PlanChange) -> QLabel:
    """One side of a change, what is only there on its ground. What was typed is escaped."""
    old, new = _sides(one)
    look = theme.current()
    ground = {
        Piece.GONE: (look.colour("bad_soft").name(), "line-through"),
        Piece.NEW: (look.colour("good_soft").name(), "none"),
    }
    parts = []
    for piece in text_changes(old, new):
        said = escape(piece.text).replace("\n", "<br>")
        if piece.kind is Piece.KEPT:
            parts.append(said)
        elif piece.kind is not without:
            colour, line = ground[piece.kind]
            parts.append(f'<span style="background:{colour};text-decoration:{line}">{said}</span>')
    made = QLabel("".join(parts) if text else "—")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAccessibleName(text)
    return made
