"""What the pages of an enterprise and of a parcel share: head line, card of tabs, carriers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from landsteward.app.language import tr
from landsteward.domain.organisations import Organisation
from ui import theme
from ui.widgets.basics import Card, button
from ui.widgets.fields import ChoiceField
from ui.widgets.forms import RecordForm
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


def head_line(
    bench: Workbench, *, back_to: Place, names: Sequence[QWidget], actions: Sequence[QWidget]
) -> QHBoxLayout:
    """The way back to the register, what the page is about, and what can be done."""
    back = button("←", "quiet", lambda: bench.go(back_to), hint=tr("To the register"))
    back.setFixedWidth(theme.current().px(32))
    head = QHBoxLayout()
    head.setSpacing(8)
    for widget in (back, *names):
        head.addWidget(widget)
    head.addStretch(1)
    for widget in actions:
        head.addWidget(widget)
    return head


def card_of_tabs(tabs: Tabs) -> Card:
    """The tabs above what they show."""
    card = Card(margin=16, gap=12)
    card.add(tabs)
    card.add(tabs.stack, 1)
    return card


def offer_carriers(form: RecordForm, carriers: Sequence[Organisation]) -> None:
    """The carriers that a record can belong to."""
    field = form.fields["carrier_id"]
    assert isinstance(field, ChoiceField)
    field.set_options([(None, tr("Not on record")), *((one.id, one.name) for one in carriers)])
