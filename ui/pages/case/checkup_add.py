"""An item that is not on the list: put on the form on the spot, with the law it rests on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.checkup_items import add_item
from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Checkup, ItemResult
from landsteward.domain.findings import LegalBasis
from landsteward.domain.laws import BasisRef
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import Severity
from ui import theme
from ui import words as shared
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import button, changes, column, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.forms import grid

FORM = "added_item"
"""Under this name the form's draft is kept."""


class AddItem(QWidget):
    """A button that folds a small form out, below the lines of a department."""

    added = Signal(str)
    """Key of the new line's answer."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self._work = work
        self._checkup: Checkup | None = None
        self._pack: RulePack | None = None
        self.open_button = changes(button(tr("＋ An item that is not on the list"), "link"))
        self.open_button.setMinimumHeight(theme.current().px(40))
        self.open_button.clicked.connect(self.begin)
        self.heading = TextField(tr("What is checked"))
        self.department = ChoiceField(tr("Department"))
        self.severity = ChoiceField(
            tr("Severity"), [(one, shared.severity(one)) for one in Severity]
        )
        self.law = ChoiceField(tr("Basis"))
        self.article = TextField(tr("Article, or the basis as it is named"))
        self.error = Refusal()
        self.add = changes(button(tr("Put it on the form"), "small", self.keep))
        self.cancel = button(tr("Cancel"), "small", self.close_form)
        self.form = QWidget()
        fields = grid(
            [self.heading, self.department, self.severity, self.law, self.article], columns=3
        )
        self.form.setLayout(column(fields, row(self.error, self.cancel, self.add), gap=8))
        self.form.hide()
        layout = column(row(self.open_button, 1), self.form, gap=4)
        layout.setContentsMargins(theme.current().px(52), 4, 12, 8)
        self.setLayout(layout)
        self._drafts = Drafts(work, self, FORM, {"heading": self.heading, "article": self.article})
        self.article.line.returnPressed.connect(self.add.setFocus)

    def present(
        self, head: CaseHead, checkup: Checkup, section: str, draft: dict[str, str]
    ) -> None:
        """Offer the departments of the visit and the laws of the pack."""
        if checkup != self._checkup:
            self._checkup, self._pack = checkup, head.pack
            self.department.set_options(
                [(key, head.department_name(key)) for key in checkup.departments]
            )
            self.law.set_options(
                [
                    (None, tr("As it is named beside")),
                    *((one.key, localised(one.title, one.title_en)) for one in head.pack.laws),
                ]
            )
            self.severity.write(Severity.ORDINARY)
            self.law.write(None)
        if section in checkup.departments and not self.form.isVisible():
            self.department.write(section)
        self._drafts.restore(draft)

    def begin(self) -> None:
        """Fold the form out and put the person at its first field."""
        self.form.show()
        self.heading.setFocus()

    def close_form(self) -> None:
        """Fold it away; what was typed stays."""
        self.form.hide()
        self.open_button.setFocus()

    def keep(self) -> None:
        """Put the item on the form."""
        checkup = self._checkup
        if checkup is None:
            return
        if not (title := self.heading.value()):
            self.heading.set_error(tr("Say what is to be checked."))
            self.heading.setFocus()
            return
        department, severity = self.department.value(), self.severity.value()
        law, named = self.law.value(), self.article.value()

        def run(ctx: Context) -> ItemResult:
            with ctx.change():
                made = add_item(
                    ctx,
                    checkup_id=checkup.id,
                    department=department,
                    title=title,
                    severity=severity,
                    bases=_bases(ctx, checkup, law, named),
                )
                self._work.sent(ctx, FORM)
            return made

        self._work.change(self, run, success=self._kept, error=self.error)

    def _kept(self, made: ItemResult) -> None:
        self._drafts.clear()
        self.form.hide()
        self.added.emit(made.id)


def _bases(ctx: Context, checkup: Checkup, law: str | None, named: str) -> tuple[LegalBasis, ...]:
    """The article of a law of the pack as in force on the day, or what was typed, as it is."""
    if law is None:
        return (LegalBasis(law=named, article="", version="", own_words=True),) if named else ()
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    basis = pack.basis_on(BasisRef(law=law, article=named), checkup.started_on or ctx.today())
    title = pack.law(law).title
    return (basis or LegalBasis(law=title, article=named, version=""),)
