"""疑似重复: pairs of records that may be one enterprise, each with what agrees and what differs."""

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.context import Context
from landsteward.app.duplicates import DuplicatePair, Duplicates, find_duplicates, tell_apart
from landsteward.app.language import tr
from landsteward.domain.duplicates import Likeness, NotTheSame
from landsteward.domain.permissions import Action, may
from landsteward.domain.register import Enterprise
from ui.operations import Progress, Work
from ui.pages.base import Page
from ui.pages.register.labels import word
from ui.pages.register.sheet import head_line
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    row,
    scrolled,
)
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench


class DuplicatesPage(Page):
    """The likeliest pairs first; one is compared and merged, or told apart for good."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._may_edit = may(bench.member().person.role, Action.MERGE)
        self._looking = False
        self._told_apart = False
        self._work: Work | None = None
        self.set_title(tr("Possible duplicates"))
        self.count = label("", "dim")
        self.pairs: list[QWidget] = []
        self._list = column(gap=0)
        head = head_line(
            bench,
            back_to=Place("register"),
            names=(ElidedLabel(tr("Possible duplicates"), "title"), self.count),
            actions=(),
        )
        card = Card(margin=16, gap=8)
        card.add(
            label(
                tr(
                    "Names that differ in legal form, place, brackets or spaces alone, or by one "
                    "sign, and credit codes with the same organisation number."
                ),
                "dim",
                wrap=True,
            )
        )
        card.add(scrolled(box(column(self._list, 1))), 1)
        page = column(head, gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Look through the register; not again for a pair that was just told apart here."""
        if self._looking or self._told_apart:
            self._told_apart = False
            return
        self._looking = True
        self.count.setText(tr("Looking through the register…"))

        def look(ctx: Context, progress: Progress) -> Duplicates:
            return find_duplicates(ctx, told=progress)

        self._work = self.bench.operations.long_change(
            self, look, success=self._show, stopped=self._stopped, writes=False
        )

    def drop(self) -> None:
        """Nobody waits for it any more."""
        if self._work is not None:
            self._work.cancel()

    def _stopped(self) -> None:
        self._looking = False

    def _show(self, found: Duplicates) -> None:
        self._looking = False
        clear(self._list)
        self.pairs.clear()
        self._say_count(len(found.pairs), found.total)
        if not found.pairs:
            self._list.addWidget(label(tr("Nothing looks like a duplicate."), "dim"))
        for pair in found.pairs:
            made = self._line(pair)
            self.pairs.append(made)
            self._list.addWidget(made)

    def _say_count(self, shown: int, total: int) -> None:
        if shown < total:
            self.count.setText(tr("{shown} of {total} pairs", shown=shown, total=total))
        else:
            self.count.setText(tr("Pairs: {total}", total=total))

    def _line(self, pair: DuplicatePair) -> QWidget:
        made = QFrame()
        made.setProperty("role", "row")
        compare = button(
            tr("Compare and merge"),
            "",
            partial(self.bench.go, Place("merge", pair.first.id, pair.second.id)),
        )
        apart = button(tr("Not the same"), "quiet", partial(self._apart, pair, made))
        apart.setEnabled(self._may_edit)
        signs = [Badge(_likeness(one), "caution") for one in pair.by]
        names = row(
            self._opener(pair.first), label("≈", "dim"), self._opener(pair.second), *signs, 1
        )
        say = partial(word, "enterprises")
        parts = []
        if pair.agrees:
            parts.append(tr("agrees: {list}", list="、".join(map(say, pair.agrees))))
        if pair.differs:
            parts.append(
                tr(
                    "differs: {list}",
                    list="；".join(
                        f"{say(one)} {getattr(pair.first, one)} / {getattr(pair.second, one)}"
                        for one in pair.differs
                    ),
                )
            )
        said = label(" · ".join(parts) or tr("Nothing else to compare."), "dim", wrap=True)
        said.setContentsMargins(8, 0, 0, 0)
        inside = row(column(names, said, gap=2), compare, apart)
        inside.setStretch(0, 1)
        inside.setContentsMargins(0, 8, 0, 8)
        made.setLayout(inside)
        return made

    def _opener(self, one: Enterprise) -> QWidget:
        return button(one.name, "link", partial(self.bench.go, Place("enterprise", one.id)))

    def _apart(self, pair: DuplicatePair, made: QWidget) -> None:
        first, second = pair.first.id, pair.second.id

        def work(ctx: Context) -> NotTheSame:
            return tell_apart(ctx, first_id=first, second_id=second)

        def told(_mark: NotTheSame) -> None:
            made.hide()
            self.pairs.remove(made)
            self.count.setText(tr("Pairs: {total}", total=len(self.pairs)))

        self._told_apart = True
        self.bench.operations.change(self, work, success=told)


def _likeness(one: Likeness) -> str:
    match one:
        case Likeness.NAME:
            return tr("Name alike")
        case Likeness.SPELLING:
            return tr("One sign apart")
        case Likeness.CODE:
            return tr("Same organisation number")
