"""A recheck's form as PDF, seen before it is printed: as it stands, or blank before it begins."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.dossier_view import RecheckFormView
from landsteward.app.language import tr
from landsteward.app.recheck_forms import blank_recheck_form, recheck_form
from landsteward.domain.states import RecheckKind
from ui import words
from ui.dialogs.paper import PdfDialog
from ui.workbench import Workbench


class RecheckPaperDialog(PdfDialog):
    """Gathers the form on the database thread and lays it out in the pool.

    With `recheck_id` that of a recheck, otherwise a blank one for these findings of a case.
    """

    def __init__(
        self,
        bench: Workbench,
        parent: QWidget,
        *,
        recheck_id: str = "",
        case_id: str = "",
        kind: RecheckKind = RecheckKind.RECHECK,
        finding_ids: Sequence[str] = (),
    ) -> None:
        name = words.recheck_kind(kind)
        title = tr("{name}, form", name=name) if recheck_id else tr("{name}, blank form", name=name)
        super().__init__(bench, title, parent)
        self._services, self._operations = bench.services, bench.operations
        self.count.setText(tr("Laying out the form…"))

        def read(ctx: Context) -> RecheckFormView:
            if recheck_id:
                return recheck_form(ctx, recheck_id=recheck_id, on=ctx.today())
            return blank_recheck_form(
                ctx, case_id=case_id, kind=kind, finding_ids=finding_ids, on=ctx.today()
            )

        bench.operations.query(self, read, success=self._print, failure=self.message.fail)

    def _print(self, view: RecheckFormView) -> None:
        build = self._services.build_recheck_form
        self._operations.task(
            self,
            lambda progress: build(view, on_page=lambda page: progress(page, page)),
            success=self.show_content,
            failure=self.message.fail,
        )
