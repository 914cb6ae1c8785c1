"""What was written to a file is noted in the workspace: who, when, what, under which name."""

from pathlib import Path

from landsteward.app.exports import note_export
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from landsteward.domain.permissions import Action, may, who_may
from ui import words
from ui.workbench import Workbench


def refused(bench: Workbench) -> bool:
    """Whether the person at work may take nothing along; says who may."""
    if may(bench.member().person.role, Action.EXPORT):
        return False
    who = tr(", ").join(words.role(role) for role in who_may(Action.EXPORT))
    bench.say(tr("Taken along by: {roles}.", roles=who), "caution")
    return True


def note(
    bench: Workbench, kind: Exported, title: str, file: Path, *, rows: int | None = None
) -> None:
    """Note it; where nothing can be written to the workspace, say that it was not."""

    def failed(error: KnownError) -> None:
        bench.say(
            tr("{file} was written, but not noted: {reason}", file=file.name, reason=error.what),
            "caution",
        )

    bench.operations.change(
        bench.operations,
        lambda ctx: note_export(ctx, kind=kind, title=title, file_name=file.name, rows=rows),
        failure=failed,
    )
