"""A table of an alternative's steps or risks: typed in place, pasted from a sheet, taken back."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, label
from ui.widgets.edit_model import Pasted
from ui.widgets.edit_table import EditColumn, EditTable
from ui.widgets.signs import words_of


class Part(Protocol):
    """A record of an alternative."""

    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=Part)


class RowsCard(Card, Generic[P]):
    """The rows of one alternative. Subclasses say by which use cases rows are kept."""

    def __init__(self, work: CaseWork, title: str, columns: Sequence[EditColumn]) -> None:
        super().__init__(title, margin=0, gap=4)
        self._work = work
        self._alternative_id = ""
        self._taken_back: Callable[[Context], object] | None = None
        self._making: list[str] = []
        self._rows: tuple[P, ...] = ()
        self.undo = button(tr("Undo"), "link", self._take_back, changing=True)
        self.undo.hide()
        self.hint = label("", "dim")
        self.head.addWidget(self.hint)
        self.head.addWidget(self.undo)
        self.table = EditTable(columns)
        self._names = tuple(one.key for one in columns)
        self.add(self.table)
        self.table.committed.connect(self._keep)
        self.table.row_wanted.connect(self._make)
        self.table.row_more.connect(self._more)
        self.table.row_removed.connect(self._remove)
        self.table.block_pasted.connect(self._paste)

    def add_row(self, ctx: Context, alternative_id: str, values: dict[str, Any]) -> P:
        """Add a row with these values."""
        raise NotImplementedError

    def edit_row(self, ctx: Context, key: str, values: dict[str, Any]) -> P:
        """Change these values of a row."""
        raise NotImplementedError

    def remove_row(self, ctx: Context, key: str) -> None:
        """Take a row out."""
        raise NotImplementedError

    def present(self, alternative_id: str, rows: Sequence[P], *, fixed: bool) -> None:
        """Show the rows."""
        if alternative_id != self._alternative_id:
            self.offer_undo(None)
        self._alternative_id = alternative_id
        self._rows = tuple(rows)
        self.hint.setVisible(not fixed)
        self.table.show_rows([(one.id, self._values(one)) for one in rows], fixed=fixed)

    def _values(self, one: P) -> dict[str, Any]:
        return {name: getattr(one, name) for name in self._names}

    def _keep(self, key: str, column: str, value: Any) -> None:
        self._work.bench.operations.change(
            self,
            lambda ctx: self.edit_row(ctx, key, {column: value}),
            failure=lambda error: self.table.model.refuse(key, column, words_of(error)),
        )

    def _make(self, column: str, value: Any) -> None:
        alternative_id = self._alternative_id
        # Filled on the database thread, where what is typed next comes after it.
        making: list[str] = []
        self._making = making

        def make(ctx: Context) -> P:
            one = self.add_row(ctx, alternative_id, {column: value})
            making.append(one.id)
            return one

        def refused(error: KnownError) -> None:
            self.table.model.not_made()
            self.table.model.refuse("", column, words_of(error))

        self._work.bench.operations.change(
            self,
            make,
            success=lambda one: self.table.row_made(one.id),
            failure=refused,
        )

    def _more(self, column: str, value: Any) -> None:
        making = self._making
        self._work.bench.operations.change(
            self,
            lambda ctx: [self.edit_row(ctx, key, {column: value}) for key in making],
            failure=lambda error: self.table.model.refuse(
                making[0] if making else "", column, words_of(error)
            ),
        )

    def _paste(self, pasted: Pasted) -> None:
        """Keep a block of cells in one go, and offer to take all of it back."""
        alternative_id = self._alternative_id
        known = {one.id: one for one in self._rows}
        before = [
            (key, {name: getattr(known[key], name) for name in meant})
            for key, meant in pasted.changed
            if key in known
        ]

        def keep(ctx: Context) -> list[str]:
            with ctx.change():
                for key, meant in pasted.changed:
                    # Empty cells of the block empty their cells here too.
                    self.edit_row(ctx, key, meant)
                return [self.add_row(ctx, alternative_id, one).id for one in pasted.added]

        def kept(added: list[str]) -> None:
            def take_back(ctx: Context) -> None:
                with ctx.change():
                    for key in added:
                        self.remove_row(ctx, key)
                    for key, values in before:
                        self.edit_row(ctx, key, values)

            self.offer_undo(take_back)
            if pasted.left_out:
                self._work.say(
                    tr("Not taken over: {texts}", texts=" · ".join(pasted.left_out)), "caution"
                )

        self._work.change(self, keep, success=kept)

    def _remove(self, key: str) -> None:
        one = next((one for one in self._rows if one.id == key), None)
        if one is None:
            return
        alternative_id, values = self._alternative_id, self._values(one)
        self.offer_undo(lambda ctx: self.add_row(ctx, alternative_id, values))
        self._work.change(self, lambda ctx: self.remove_row(ctx, key))

    def offer_undo(self, taken_back: Callable[[Context], object] | None) -> None:
        """Offer to take the last change back."""
        self._taken_back = taken_back
        self.undo.setVisible(taken_back is not None)

    def _take_back(self) -> None:
        taken_back = self._taken_back
        self.offer_undo(None)
        if taken_back is not None:
            self._work.change(self, taken_back)
