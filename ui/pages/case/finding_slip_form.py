"""A slip to another authority (移送, 抄告): written, seen, and issued with its number."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox

from landsteward.app.language import tr
from landsteward.app.referrals import SlipDraft, issue_slip, slip_to_issue
from landsteward.app.slip_view import SlipView
from landsteward.domain.errors import KnownError
from landsteward.domain.findings import Finding
from landsteward.domain.states import SlipKind
from ui.dialogs.paper import PdfDialog, number_of
from ui.operations import Progress
from ui.pages.case.finding_form import ActionForm, FormFacts
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, label
from ui.widgets.fields import DateField, NoteField, TextField
from ui.widgets.forms import grid
from ui.widgets.signs import words_of

Printed = tuple[bytes, int]
"""A slip as laid out, and how many pages it has."""


class SlipForm(ActionForm):
    """To whom, the facts, what is asked, what goes along. Laid out away from the workspace."""

    def __init__(self, work: CaseWork, finding: Finding, kind: SlipKind, facts: FormFacts) -> None:
        transfer = kind is SlipKind.TRANSFER
        title = tr("Transfer slip") if transfer else tr("Copy notice")
        super().__init__(work, finding.id, f"slip/{kind}", title)
        self._kind = kind
        self.recipient = TextField(tr("To which authority"))
        self.reply_by = DateField(tr("Reply wanted by (may stay empty)"))
        self.facts = NoteField(tr("Facts"), rows=4)
        self.request = NoteField(
            tr("What is asked of it"), rows=2, hint=tr("Empty: the usual sentence of the pack")
        )
        self.attachments = NoteField(tr("Attachments, one a line"), rows=3)
        self.preview = button(tr("Preview"), "small", self.show_preview)
        self.send.setText(tr("Issue with number"))
        note = (
            tr("Issued, it takes its number and the finding is transferred.")
            if transfer
            else tr("Issued, it takes its number; the finding goes on as before.")
        )
        self.add(label(note, "dim", wrap=True))
        self.add(grid([self.recipient, self.reply_by], columns=2))
        self.beside: dict[str, QCheckBox] = {}
        if facts.beside:
            self.add(label(tr("Also about"), "label"))
        for key, name in facts.beside:
            tick = self.beside[key] = QCheckBox(name)
            self.add(tick)
        for field in (self.facts, self.request, self.attachments):
            self.add(field)
        self.finish(
            {
                "recipient": self.recipient,
                "reply_by": self.reply_by,
                "facts": self.facts,
                "request": self.request,
                "attachments": self.attachments,
            },
            {
                "reply_by": facts.reply_by.get(kind),
                "facts": finding.description,
                "attachments": "\n".join(facts.evidence),
            },
        )
        self.buttons.insertWidget(self.buttons.indexOf(self.send), self.preview)

    def make(self) -> None:
        """Look the slip up with its number, lay it out, and keep it if all still stands."""
        self._lay_out(self._keep)

    def show_preview(self) -> None:
        """The slip as it would go out; nothing is kept and the number stays free."""

        def show(view: SlipView, printed: Printed) -> None:
            self._free()
            dialog = PdfDialog(self.work.bench, number_of(view.document), self)
            dialog.show_content(printed[0])
            dialog.open()

        self._lay_out(show)

    def _written(self) -> SlipDraft | None:
        recipient, facts = self.recipient.value(), self.facts.value()
        if not recipient:
            self.missing(self.recipient, tr("Say to which authority the slip goes."))
            return None
        if not facts:
            self.missing(self.facts, tr("Say what the facts are."))
            return None
        lines = (line.strip() for line in self.attachments.value().splitlines())
        return SlipDraft(
            kind=self._kind,
            recipient=recipient,
            facts=facts,
            request=self.request.value(),
            attachments=tuple(line for line in lines if line),
            reply_by=self.reply_by.value(),
            beside=tuple(key for key, tick in self.beside.items() if tick.isChecked()),
        )

    def _lay_out(self, then: Callable[[SlipView, Printed], None]) -> None:
        draft = self._written() if self.committed() else None
        if draft is None:
            return
        written, finding_id = draft, self.subject_id
        build = self.work.bench.services.build_slip
        operations = self.work.bench.operations
        self._busy()

        def print_it(view: SlipView) -> None:
            def run(progress: Progress) -> Printed:
                pages = 0

                def heard(page: int) -> None:
                    nonlocal pages
                    pages = page
                    progress(page, 0)

                return build(view, on_page=heard), pages

            operations.task(
                self, run, success=lambda printed: then(view, printed), failure=self._refused
            )

        operations.query(
            self,
            lambda ctx: slip_to_issue(ctx, finding_id=finding_id, draft=written),
            success=print_it,
            failure=self._refused,
        )

    def _keep(self, view: SlipView, printed: Printed) -> None:
        self._free()
        content, pages = printed
        self.work.change(
            self,
            lambda ctx: self.with_draft_gone(
                ctx, lambda inner: issue_slip(inner, printed=view, content=content, pages=pages)
            ),
            success=lambda _done: self.cancel.click(),
            error=self.error,
        )

    def _busy(self) -> None:
        self.error.settle()
        for one in (self.send, self.preview):
            one.setEnabled(False)

    def _free(self) -> None:
        for one in (self.send, self.preview):
            one.setEnabled(True)

    def _refused(self, error: KnownError) -> None:
        self._free()
        self.error.say(words_of(error))
