"""The photos and files of all cases of an enterprise or a parcel, in one place."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register_papers import CasePool
from landsteward.domain.casework import Evidence
from ui import formats, theme
from ui.evidence.export import save_original
from ui.evidence.kinds import kind_of, size_in_words
from ui.pages.register.sheet import Part, ShowMore
from ui.viewer.dialog import PhotoDialog
from ui.widgets.basics import ElidedLabel, button, clear, column, label, row
from ui.widgets.photos import PhotoTile
from ui.widgets.thumbnails import ThumbnailMaker
from ui.workbench import Place, Workbench

Ask = Callable[[Context], tuple[CasePool, ...]]
_AT_FIRST = 60


class EvidencePart(Part):
    """By case, latest first; a click shows a photo large."""

    def __init__(self, bench: Workbench, ask: Ask) -> None:
        super().__init__()
        self._bench = bench
        self._ask = ask
        self._shown: tuple[CasePool, ...] | None = None
        self.thumbnails = ThumbnailMaker(bench.operations, bench.services.picture_files, self)
        self.tiles: dict[str, PhotoTile] = {}
        self.dialog: PhotoDialog | None = None
        self.pools = column(gap=8)
        self.more = ShowMore(lambda: self._fill(self._shown or ()), _AT_FIRST)
        self.setLayout(column(self.pools, row(self.more, 1), 1))

    def present(self, head: Any) -> None:
        """Ask for the evidence."""
        self._bench.operations.query(self, self._ask, success=self._show)

    def _show(self, pools: tuple[CasePool, ...]) -> None:
        if pools == self._shown:
            return
        self._shown = pools
        self._fill(pools)

    def _fill(self, pools: tuple[CasePool, ...]) -> None:
        clear(self.pools)
        self.tiles.clear()
        if not pools:
            self.pools.addWidget(
                label(
                    tr("No evidence yet. Photos and files of checkups and rechecks gather here."),
                    "dim",
                    wrap=True,
                )
            )
        room = self.more.shown
        for pool in pools:
            if room <= 0:
                break
            opener = button(
                pool.case.case_no, "link", partial(self._bench.go, Place("case", pool.case.id))
            )
            count = label(tr("{count} files", count=len(pool.evidence)), "dim")
            self.pools.addLayout(row(opener, count, 1))
            for one in pool.evidence[:room]:
                self.pools.addWidget(self._line(one, pool))
            room -= len(pool.evidence)
        self.more.tell(sum(len(pool.evidence) for pool in pools))

    def _line(self, one: Evidence, pool: CasePool) -> QWidget:
        look = theme.current()
        tile = PhotoTile(one, self.thumbnails, QSize(look.px(72), look.px(54)))
        tile.removable = False
        tile.opened.connect(partial(self._open, pool))
        tile.export_asked.connect(lambda _key: save_original(self._bench, one, self))
        self.tiles[one.id] = tile
        facts = [
            one.file_name if one.caption else "",
            size_in_words(one.size_bytes),
            kind_of(one),
            tr("taken {at}", at=formats.moment(one.taken_at)) if one.taken_at else "",
            one.place,
            tr(
                "added {at} by {who}",
                at=formats.moment(one.added_at),
                who=pool.added_by.get(one.added_by, ""),
            ),
        ]
        sha = label(f"SHA-256 {one.sha256[:12]}…", "dim")
        sha.setToolTip(one.sha256)
        made = QFrame()
        made.setProperty("role", "row")
        words = column(
            ElidedLabel(one.caption or one.file_name),
            ElidedLabel(" · ".join(part for part in facts if part), "dim"),
            sha,
            gap=0,
        )
        inside = row(tile, gap=12)
        inside.addLayout(words, 1)
        inside.setContentsMargins(0, 6, 0, 6)
        made.setLayout(inside)
        return made

    def _open(self, pool: CasePool, evidence_id: str) -> None:
        self.dialog = PhotoDialog(self._bench, pool.evidence, evidence_id, self)
        self.dialog.open()
