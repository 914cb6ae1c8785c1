"""A checkup's form as PDF, seen before it is printed: as it stands, or blank."""

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.dossier_view import FormView
from landsteward.app.form_assembly import assemble_form
from landsteward.app.language import tr
from ui.dialogs.paper import PdfDialog
from ui.workbench import Workbench


class FormPaperDialog(PdfDialog):
    """Gathers the form on the database thread and lays it out in the pool."""

    def __init__(
        self, bench: Workbench, checkup_id: str, parent: QWidget, *, name: str, blank: bool
    ) -> None:
        title = tr("{name}, blank form", name=name) if blank else tr("{name}, form", name=name)
        super().__init__(bench, title, parent)
        self._services, self._operations, self._blank = bench.services, bench.operations, blank
        self.count.setText(tr("Laying out the form…"))

        def read(ctx: Context) -> FormView:
            return assemble_form(ctx, checkup_id=checkup_id, on=ctx.today(), blank=blank)

        bench.operations.query(self, read, success=self._print, failure=self.message.fail)

    def _print(self, view: FormView) -> None:
        build, blank = self._services.build_form, self._blank
        self._operations.task(
            self,
            lambda progress: build(view, blank=blank, on_page=lambda page: progress(page, page)),
            success=self.show_content,
            failure=self.message.fail,
        )
