"""Asking before a merging is taken back: what comes back, and what stays as it is now."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.unmerging import Unmerging, unmerge_enterprises, unmerging
from landsteward.app.views import TraceRow
from landsteward.domain.register import Enterprise
from ui.dialogs.ask import AskFirst
from ui.pages.register.labels import table_word, word
from ui.workbench import Place, Workbench

_NAMED = 5


def ask_to_unmerge(bench: Workbench, parent: QWidget, gone_id: str) -> None:
    """Say what taking it back does, and do it on yes; then the record that is back is shown."""

    def ask(found: Unmerging) -> None:
        if found.refused is not None:
            bench.say(render(found.refused), "caution")
            return
        AskFirst(
            parent,
            title=tr("Take this merging back?"),
            text=_in_words(found),
            yes=tr("Separate them"),
            run=run,
        ).open()

    def run() -> None:
        bench.operations.change(
            parent, lambda ctx: unmerge_enterprises(ctx, gone_id=gone_id), success=shown
        )

    def shown(back: Enterprise) -> None:
        bench.go(Place("enterprise", back.id))

    def asked(ctx: Context) -> Unmerging:
        return unmerging(ctx, gone_id=gone_id)

    bench.operations.query(parent, asked, success=ask)


def _in_words(found: Unmerging) -> str:
    said = [
        tr(
            "{gone} and {stays} are two records again, each with what was its own.",
            gone=found.gone,
            stays=found.stays,
        )
    ]
    if found.trace.added:
        said.append(
            tr(
                "Entered since, and staying with {stays}: {list}.",
                stays=found.stays,
                list=_listed(found.trace.added),
            )
        )
    if found.trace.kept:
        said.append(
            tr("Changed since, and staying as it is now: {list}.", list=_listed(found.trace.kept))
        )
    return "\n\n".join(said)


def _listed(rows: Sequence[TraceRow]) -> str:
    named = [_named(one) for one in rows[:_NAMED]]
    more = len(rows) - _NAMED
    return tr("; ").join([*named, tr("{count} more", count=more)] if more > 0 else named)


def _named(one: TraceRow) -> str:
    name = f"{table_word(one.table)} {one.name}"
    return f"{name} ({word(one.table, one.field)})" if one.field else name
