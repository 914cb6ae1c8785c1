"""Fields tied to use cases, and laid out in columns."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from ui.operations import Operations
from ui.widgets.fields import ChoiceField, Field


def keep(field: Field, operations: Operations, change: Callable[[Context, Any], object]) -> None:
    """Save what the field announces by a use case; a refusal stands under the field."""

    field.autosaves = True

    def save(value: Any) -> None:
        operations.change(field, lambda ctx: change(ctx, value), failure=field.refused)

    field.committed.connect(save)


def grid(fields: Sequence[QWidget], *, columns: int = 2, gap: int = 12) -> QGridLayout:
    """Fields row by row in columns of one width, their tops in line."""
    layout = QGridLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(gap)
    for number, field in enumerate(fields):
        layout.addWidget(field, number // columns, number % columns)
    for number in range(columns):
        layout.setColumnStretch(number, 1)
    return layout


def commit_all(page: QWidget) -> bool:
    """Leave the field in focus and announce everything new; False where a field has an error."""
    focus = QApplication.focusWidget()
    if focus is not None and page.isAncestorOf(focus):
        focus.clearFocus()
    return all([field.commit() for field in page.findChildren(Field) if field.autosaves])


def yes_no(text: str) -> ChoiceField:
    """Yes, no, or not on record."""
    return ChoiceField(text, [(None, tr("Not on record")), (True, tr("Yes")), (False, tr("No"))])
