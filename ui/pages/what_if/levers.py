"""The levers: what it is now, what it is set to, and by how much that is more or less."""

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from landsteward.app.language import render, tr
from landsteward.app.what_if_wording import lever_word, unit_word
from landsteward.domain.errors import KnownError
from landsteward.domain.what_if.levers import LEVERS, Lever, LeverKind
from landsteward.domain.what_if.position import ChangeRefusedError, Position
from ui import formats, theme
from ui.widgets.basics import Card, button, changes, label
from ui.widgets.field import LineField
from ui.widgets.fields import ChoiceField

_TYPED = re.compile(r"([+\-−]?)(.*?)(%?)")
_NUDGE = Decimal("0.05")
"""The buttons beside a field change it by so much of what there is."""
_NUDGE_M2 = Decimal(1000)


class LeverField(LineField):
    """What a lever is set to: an amount, or +50, −50, +10 % of what is there. Empty: as it is."""

    def __init__(self, lever: Lever) -> None:
        super().__init__("")
        self.lever = lever
        self.now: Decimal | None = None
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFont(theme.tabular(self.line.font()))
        self.line.setAccessibleName(formats.named(lever_word(lever.key), unit_word(lever.key)))

    def value(self) -> Decimal | None:
        """The amount it is set to; None: unchanged."""
        found = _TYPED.fullmatch(self.line.text().replace("％", "%").replace("＋", "+").strip())
        assert found is not None, "anything fits"
        sign, digits, percent = found.groups()
        try:
            amount = formats.parse_decimal(digits)
        except ValueError as error:
            raise ValueError(tr("Enter an amount, or +50, −50, +10%.")) from error
        if amount is None:
            return None
        if sign or percent:
            if self.now is None:
                raise ValueError(tr("What it is now is not on record: say what it is to be."))
            by = self.now * amount / 100 if percent else amount
            amount = self.now + by if sign in ("+", "") else self.now - by
        if amount < 0:
            raise ValueError(tr("Not less than {limit}.", limit=0))
        amount = (amount / self.lever.step).to_integral_value(ROUND_HALF_UP) * self.lever.step
        return None if amount == self.now else amount.normalize() + 0

    def write(self, value: Decimal | None) -> None:
        """Show the amount; empty where it is as it is."""
        self.line.setText(formats.plain(value))


class _Row:
    """One lever's cells."""

    def __init__(self, lever: Lever, nudged: Callable[["_Row", int], None]) -> None:
        self.lever = lever
        unit = unit_word(lever.key)
        self.name = label(formats.named(lever_word(lever.key), unit), wrap=True)
        self.now = label("", "dim")
        self.now.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field = changes(LeverField(lever))
        self.less = self._nudger("−", -1, nudged)
        self.more = self._nudger("+", 1, nudged)
        self.by = label("", "dim")
        self.by.setMinimumWidth(theme.current().px(84))

    def _nudger(self, sign: str, way: int, nudged: Callable[["_Row", int], None]) -> QPushButton:
        made = button(sign, "segment", lambda: nudged(self, way))
        made.setFixedWidth(theme.current().px(32))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(f"{lever_word(self.lever.key)} {sign}")
        return changes(made)

    def say(self, value: Decimal | None) -> None:
        """By how much it differs, also in percent."""
        self.by.setText(difference(self.field.now, value))


def difference(now: Decimal | None, value: Decimal | None) -> str:
    """By how much a value differs from now, also in percent; empty where it does not."""
    if value is None or now is None or value == now:
        return ""
    by = formats.exact(value - now).replace("-", "−")
    said = by if by.startswith("−") else f"+{by}"
    if not now:
        return said
    share = formats.signed((value - now) * 100 / now).rstrip("0").rstrip(".")
    return f"{said}\n{share} %"


class LeversCard(Card):
    """All levers, those that count in the score first. `moved` says that one has another value,
    `settled` that a field was left.
    """

    moved = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__(tr("What is done otherwise"), gap=6, margin=12)
        self.clear_all = button(tr("Clear all"), "link", self.reset)
        self.head.addWidget(changes(self.clear_all))
        self.parcel = ChoiceField(tr("On which parcel"))
        self.add(self.parcel)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.add(self._grid)
        self.add(
            label(tr("Enter an amount, or +50, −50, +10%. Empty: as it is."), "dim", wrap=True)
        )
        self.body.addStretch(1)
        self.rows: dict[str, _Row] = {}
        self._heads: list[QLabel] = []
        for lever in LEVERS:
            self.rows[lever.key] = made = _Row(lever, self._nudged)
            made.field.line.textEdited.connect(lambda _text: self._typed())
            made.field.committed.connect(lambda _value: self._left())
        # They belong to the card also where no field is ever read.
        self.lay_out(())

    def lay_out(self, counting: Sequence[str]) -> None:
        """Those that count come first; each kind under its own words."""
        kinds = (
            (tr("Counts in the score"), [one for one in LEVERS if one.key in counting]),
            (
                tr("Other figures"),
                [one for one in LEVERS if one.key not in counting and one.kind is LeverKind.FIGURE],
            ),
            (
                tr("Building and investment"),
                [
                    one
                    for one in LEVERS
                    if one.key not in counting and one.kind is not LeverKind.FIGURE
                ],
            ),
        )
        for old in self._heads:
            old.hide()
            old.deleteLater()
        self._heads = []
        at = 0
        for word, levers in kinds:
            if not levers:
                continue
            head = label(word, "label")
            self._heads.append(head)
            self._grid.addWidget(head, at, 0, 1, 6)
            at += 1
            for lever in levers:
                one = self.rows[lever.key]
                for column, cell in enumerate(
                    (one.name, one.now, one.less, one.field, one.more, one.by)
                ):
                    self._grid.addWidget(cell, at, column)
                one.field.setFixedWidth(theme.current().px(104))
                at += 1

    def show_position(self, position: Position, changes_now: dict[str, Decimal]) -> None:
        """What is on record, and what is set."""
        for key, one in self.rows.items():
            one.field.now = now = position.value(key)
            one.now.setText(formats.NONE if now is None else formats.exact(now))
            value = changes_now.get(key)
            one.field.set_value(value)
            one.say(value)
            possible = one.lever.kind is not LeverKind.BUILT or position.parcel is not None
            for cell in (one.field, one.less, one.more):
                cell.setEnabled(possible)

    def values(self) -> dict[str, Decimal]:
        """What is set, as far as it makes sense."""
        found: dict[str, Decimal] = {}
        for key, one in self.rows.items():
            try:
                value = one.field.value()
            except ValueError:
                continue
            if value is not None:
                found[key] = value
        return found

    def put(self, key: str, value: Decimal | None) -> None:
        """Set a lever, as if it had been typed."""
        field = self.rows[key].field
        field.write(value)
        field.set_error("")
        self._typed()
        if not field.commit():
            return

    def reset(self) -> None:
        """All as it is."""
        for one in self.rows.values():
            one.field.write(None)
            one.field.set_error("")
        self._typed()
        for one in self.rows.values():
            one.field.commit()

    def refuse(self, error: ChangeRefusedError) -> None:
        """What cannot be stands under its lever."""
        self.rows[error.lever].field.set_error(words_of_change(error))

    def accept(self) -> None:
        """Nothing stands against what is set."""
        for one in self.rows.values():
            if one.field.wrong:
                try:
                    one.field.value()
                except ValueError:
                    continue
                one.field.set_error("")

    def _nudged(self, one: _Row, way: int) -> None:
        field = one.field
        try:
            value = field.value()
        except ValueError:
            return
        now = field.now if field.now is not None else Decimal(0)
        by = _NUDGE_M2 if one.lever.kind is LeverKind.LAND else now * _NUDGE
        value = now if value is None else value
        self.put(one.lever.key, max(Decimal(0), value + way * max(by, one.lever.step)))

    def _typed(self) -> None:
        for key, value in {**dict.fromkeys(self.rows), **self.values()}.items():
            self.rows[key].say(value)
        self.moved.emit()

    def _left(self) -> None:
        self._typed()
        self.settled.emit()


def words_of_change(error: KnownError) -> str:
    """What is wrong with a change, without the name of the lever it stands under."""
    said: Any = error.what
    return render(said)
