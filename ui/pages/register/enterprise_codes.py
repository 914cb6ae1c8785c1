"""The codes of an enterprise: its industry, and why a credit code that fails its check is kept."""

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.ports.surroundings import PackSource
from landsteward.app.register import edit_enterprise
from landsteward.domain.identifiers import check_uscc
from landsteward.domain.register import Enterprise
from ui.operations import Operations
from ui.widgets.basics import column, label
from ui.widgets.complete import Offers, Option, PickField
from ui.widgets.fields import Field, TextField


def industry_field(packs: PackSource) -> PickField:
    """An industry by the code or the name of GB/T 4754-2017; the lists are read when it is used."""

    def word(code: str) -> str:
        found = packs.codes().industries.find(code)
        return f"{code} {found.name}" if found else code

    def offer(text: str) -> list[Option]:
        return [(one.code, f"{one.code} {one.name}") for one in packs.codes().industries.like(text)]

    def meant(text: str) -> str | None:
        found = packs.codes().industries.read(text)
        return found.code if found else None

    return PickField(
        tr("Industry code"),
        offer=offer,
        word=word,
        meant=meant,
        unknown=tr("Type the code or the name as in GB/T 4754-2017."),
        hint=tr("Code or name, e.g. C341"),
    )


def district_field(packs: PackSource) -> TextField:
    """A district; the places listed are offered, any other may be typed."""
    field = TextField(tr("District"))
    offers = Offers(field.line)

    def offer(text: str) -> None:
        names = packs.codes().areas.names.values()
        offers.show([(name, name) for name in names if text.strip() and text.strip() in name])

    def picked(name: str) -> None:
        field.write(name)
        field.commit()

    offers.typed.connect(offer)
    offers.picked.connect(picked)
    return field


class CodeReason(QWidget):
    """Stands below the form while the credit code in it fails its check."""

    def __init__(self, operations: Operations, enterprise_id: str, code: Field) -> None:
        super().__init__()
        self._operations = operations
        self._enterprise_id = enterprise_id
        self._code = code
        self.word = label("", "dim", wrap=True)
        self.reason = TextField(tr("Why this credit code is kept"))
        self.reason.autosaves = True
        self.reason.committed.connect(self._save)
        self.setLayout(column(self.word, self.reason, gap=8))
        code.edited.connect(self._look)
        code.committed.connect(self._look)
        self.hide()

    def show_reason(self, enterprise: Enterprise) -> None:
        """Show why the code on record is kept, where that was said."""
        self.reason.set_value(enterprise.uscc_reason)
        self._look()

    def _look(self, _value: object = None) -> None:
        typed = self._code.value()
        refused = check_uscc(typed).refused if typed else None
        self.setVisible(refused is not None)
        if refused is not None:
            self.word.setText(
                tr(
                    "The credit code fails its check: {why} It can be kept with a reason.",
                    why=render(refused),
                )
            )

    def _save(self, reason: str) -> None:
        key, code = self._enterprise_id, self._code.value()

        def work(ctx: Context) -> Enterprise:
            return edit_enterprise(ctx, enterprise_id=key, uscc=code, uscc_reason=reason)

        def kept(_enterprise: Enterprise) -> None:
            self._code.set_error("")

        self._operations.change(self, work, success=kept, failure=self.reason.refused)
