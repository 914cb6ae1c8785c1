"""Addenda to a locked form: those that are there, and a new one, signed as it is added."""

from PySide6.QtWidgets import QLabel, QWidget

from landsteward.app.addenda import add_addendum
from landsteward.app.checkups import CheckupSheet
from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.domain.signatures import Addendum
from landsteward.domain.states import CaseStage
from ui import formats
from ui.dialogs.signing import Drawn, SigningDialog
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import button, changes, column, label, row, selectable
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, NoteField
from ui.widgets.rows import Rows

FORM = "addendum"
"""Under this name the form's draft is kept."""


def words_of_addendum(one: Addendum, head: CaseHead, title: str = "") -> str:
    """An addendum in full: number, what it is about, what is said and why, who and when."""
    about = tr("{what}: {about}", what=title, about=one.text) if title else one.text
    return tr(
        "Addendum {number}. {text} Reason: {reason} ({person}, {at})",
        number=one.number,
        text=about,
        reason=one.reason,
        person=head.name_of(one.written_by),
        at=formats.moment(one.written_at),
    )


class AddendaPanel(QWidget):
    """Below the signatures of a locked form."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self._work = work
        self._checkup_id = ""
        self.heading = label(tr("Addenda"), "heading")
        self.rows: Rows[QLabel, str] = Rows(lambda _key: selectable(), QLabel.setText)
        self.item = ChoiceField(tr("Item"))
        self.text = NoteField(tr("What is corrected"), rows=3)
        self.reason = NoteField(tr("Why"), rows=2)
        self.error = Refusal()
        self.add = changes(button(tr("Sign and add…"), "small", self.ask))
        self.form = QWidget()
        self.form.setLayout(
            column(self.item, self.text, self.reason, row(self.error, self.add), gap=10)
        )
        layout = column(self.heading, gap=8)
        layout.addLayout(self.rows.layout)
        layout.addWidget(self.form)
        self.setLayout(layout)
        self.dialog: SigningDialog | None = None
        self._drafts = Drafts(work, self, FORM, {"text": self.text, "reason": self.reason})

    def present(self, head: CaseHead, sheet: CheckupSheet, draft: dict[str, str]) -> None:
        """Show what is there, and the fields for a new one where that is still possible."""
        self._checkup_id = sheet.checkup.id
        titles = {
            one.item.key: localised(one.item.title, one.item.title_en)
            for section in sheet.sections
            for one in section.items
        }
        self.rows.show(
            [
                (one.id, words_of_addendum(one, head, titles.get(one.item_key or "", "")))
                for one in sheet.addenda
            ]
        )
        numbers = {one.item.key: one.number for section in sheet.sections for one in section.items}
        self.item.set_options(
            [
                (None, tr("The form as a whole")),
                *((key, f"{numbers[key]} {title}") for key, title in titles.items()),
            ]
        )
        open_case = head.overview.case.stage is not CaseStage.ARCHIVED
        self.form.setVisible(open_case)
        self.heading.setVisible(open_case or bool(sheet.addenda))
        self._drafts.restore(draft)

    def begin(self, item_key: str | None) -> None:
        """Put the person at a new addendum, about an item where one is given."""
        self.item.write(item_key)
        self.text.setFocus()

    def ask(self) -> None:
        """Bring the pad; what is written is signed as it is added."""
        text, reason = self.text.value(), self.reason.value()
        if not text or not reason:
            self.error.say(tr("Say what is corrected, and why."))
            (self.reason if text else self.text).setFocus()
            return
        who = self._work.bench.member().person.name
        dialog = self.dialog = SigningDialog(
            self, who=who, what=tr("Addendum: {text} Reason: {reason}", text=text, reason=reason)
        )
        dialog.signed.connect(lambda drawn: self._keep(dialog, text, reason, drawn))
        dialog.open()

    def _keep(self, dialog: SigningDialog, text: str, reason: str, drawn: Drawn) -> None:
        checkup_id, item_key = self._checkup_id, self.item.value()

        def run(ctx: Context) -> None:
            with ctx.change():
                add_addendum(
                    ctx,
                    checkup_id=checkup_id,
                    item_key=item_key,
                    text=text,
                    reason=reason,
                    strokes=drawn.strokes,
                    width=drawn.width,
                    height=drawn.height,
                )
                self._work.sent(ctx, FORM)

        def done(_kept: None) -> None:
            self._drafts.clear()
            self.error.settle()
            dialog.kept()

        self._work.bench.operations.change(dialog, run, success=done, failure=dialog.refuse)
