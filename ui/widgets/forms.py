"""Fields tied to use cases, and laid out in columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from ui import theme
from ui.operations import Operations
from ui.widgets.edit_table import EditTable
from ui.widgets.fields import ChoiceField, Field, LongField


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
    at = 0
    for field in fields:
        # Several lines of text take the rest of their row.
        span = columns - at % columns if isinstance(field, LongField) else 1
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(field, at // columns, at % columns, 1, span, top)
        at += span
    for number in range(columns):
        layout.setColumnStretch(number, 1)
    return layout


def form_columns(normal: int) -> int:
    """How many columns a form has room for: fewer with large text."""
    return normal if theme.current().percent < 130 else normal - 1


def commit_all(page: QWidget) -> bool:
    """Leave the field in focus and announce everything new; False where a field has an error."""
    focus = QApplication.focusWidget()
    if focus is not None and page.isAncestorOf(focus):
        focus.clearFocus()
    fields = [field.commit() for field in page.findChildren(Field) if field.autosaves]
    return all([*fields, *(table.right for table in page.findChildren(EditTable))])


def yes_no(text: str) -> ChoiceField:
    """Yes, no, or not on record."""
    return ChoiceField(text, [(None, tr("Not on record")), (True, tr("Yes")), (False, tr("No"))])


class RecordForm(QWidget):
    """The fields of one record, each saved as it is left.

    `fields` are by the record's attribute names; `change(ctx, record_id, {name: value})` is the
    use case that keeps one of them.
    """

    def __init__(
        self,
        operations: Operations,
        fields: Mapping[str, Field],
        change: Callable[[Context, str, dict[str, Any]], object],
        *,
        columns: int = 3,
        gap: int = 12,
    ) -> None:
        super().__init__()
        self.fields = dict(fields)
        self._record_id = ""
        self.setLayout(grid(list(fields.values()), columns=columns, gap=gap))
        self._operations = operations
        self._change = change
        for name, field in fields.items():
            self._tie(name, field)

    def _tie(self, name: str, field: Field) -> None:
        field.autosaves = True

        def save(value: Any) -> None:
            # Bound here: another record may be shown by the time the change is made.
            record_id, change = self._record_id, self._change
            self._operations.change(
                field, lambda ctx: change(ctx, record_id, {name: value}), failure=field.refused
            )

        field.committed.connect(save)

    def show_record(self, record: Any) -> None:
        """Show a record's values; fields being typed in are left alone."""
        another, self._record_id = record.id != self._record_id, record.id
        for name, field in self.fields.items():
            if another:
                field.set_error("")
            field.set_value(getattr(record, name))

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting anything be changed."""
        for field in self.fields.values():
            field.set_read_only(fixed)
