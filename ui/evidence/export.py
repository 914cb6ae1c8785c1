"""The original of a piece of evidence, saved bit for bit where somebody wants it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.evidence import evidence_content
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from landsteward.domain.exports import Exported
from ui.exporting import note, refused
from ui.workbench import Workbench


def save_original(bench: Workbench, evidence: Evidence, over: QWidget) -> None:
    """Ask where, and write it there."""
    if refused(bench):
        return
    chosen, _filter = QFileDialog.getSaveFileName(
        over, tr("Save the original"), str(Path.home() / evidence.file_name)
    )
    if not chosen:
        return
    target = Path(chosen)

    def written(_done: object) -> None:
        bench.say(tr("Saved {file}", file=target.name), "good")
        note(bench, Exported.EVIDENCE, evidence.caption or evidence.file_name, target)

    def write(content: bytes) -> None:
        bench.operations.task(
            over,
            lambda _progress: write_whole(target, content),
            success=written,
        )

    bench.operations.query(
        over, lambda ctx: evidence_content(ctx, evidence_id=evidence.id), success=write
    )
