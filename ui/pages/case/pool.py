"""The one pool of a case's photos and files: all of them, what is attached to nothing, a folder
that is watched.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QScrollArea, QSizePolicy, QWidget

from landsteward.app.evidence_subjects import EvidenceSubject, open_subjects
from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from ui import theme
from ui.evidence.words import subject_in_words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import (
    ElidedLabel,
    box,
    button,
    changes,
    column,
    label,
    restyle,
    row,
)
from ui.widgets.photos import PhotoStrip

_TILE = (60, 48)
_LINE = 54
_MOST_LINES = 4
_ACROSS = 3
LAST_FOLDER = "evidence/watched"
"""Under this name the settings remember the folder that was watched last."""


class PoolPanel(QWidget):
    """Tiles of the pool. From here a photo is dragged to what it proves, or attached by menu."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self._work = work
        self._pool: tuple[Evidence, ...] = ()
        self._loose: frozenset[str] = frozenset()
        self._fixed = False
        self.title = label(tr("Photos and files"), "heading")
        self.loose = button("", "segment", self._show)
        self.loose.setCheckable(True)
        self.loose.setToolTip(tr("Show only what is attached to nothing yet"))
        self.more = changes(button("＋", "quiet", self._offer, hint=tr("Add photos and files")))
        self.more.setFixedWidth(theme.current().px(32))
        self.strip = PhotoStrip(work.thumbnails, width=_TILE[0], height=_TILE[1])
        self.strip.attaching = True
        self.strip.files_given.connect(work.intake.take_paths)
        self.strip.picture_pasted.connect(work.intake.take_picture)
        self.strip.opened.connect(work.photo_asked)
        self.strip.export_asked.connect(work.export_asked)
        self.strip.attach_asked.connect(lambda key: self.ask_where(key))
        self._held = _Tiles(box(column(self.strip, 1)))
        self.watching = _WatchLine(work)
        self.setLayout(
            column(
                row(self.title, 1, self.more, gap=4),
                row(self.loose, 1),
                self._held,
                self.watching,
                gap=8,
            )
        )

    def present(self, pool: tuple[Evidence, ...], loose: frozenset[str], *, fixed: bool) -> None:
        """Show the pool; a `fixed` one takes nothing more."""
        self._pool, self._loose, self._fixed = pool, loose, fixed
        if fixed and self._work.watch.folder is not None:
            self._work.watch.stop()
        self._show()

    def watch_folder(self, folder: Path) -> None:
        """Take in by itself what arrives in a folder from now on."""
        self._work.bench.services.settings.keep(LAST_FOLDER, str(folder))
        self._work.watch.start(folder, self._work.intake.files)

    def _show(self) -> None:
        count = len(self._loose)
        self.loose.setText(tr("Not attached {count}", count=count))
        if not count:
            self.loose.setChecked(False)
        self.loose.setVisible(0 < count < len(self._pool))
        self.more.setVisible(not self._fixed)
        only = self.loose.isChecked() and count > 0
        shown = tuple(one for one in self._pool if not only or one.id in self._loose)
        self.strip.show_photos(shown, fixed=self._fixed)
        for tile in self.strip.tiles:
            tile.removable = False
        lines = -(-(len(shown) + 1) // _ACROSS)
        self._held.want(theme.current().px(min(_MOST_LINES, lines) * _LINE + 2))

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Add files…")).triggered.connect(self.strip.ask_for_files)
        menu.addAction(tr("Paste")).triggered.connect(self.strip.paste)
        menu.addSeparator()
        menu.addAction(tr("Watch a folder…")).triggered.connect(self._ask_folder)
        if self._work.watch.folder is not None:
            menu.addAction(tr("Stop watching")).triggered.connect(self._work.watch.stop)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self,
            tr("Watch a folder: what arrives in it is taken in"),
            self._work.bench.services.settings.text(LAST_FOLDER),
        )
        if chosen:
            self.watch_folder(Path(chosen))

    def ask_where(self, evidence_id: str, over: QWidget | None = None) -> None:
        """Offer, where the pointer is, what a piece of evidence may be attached to.

        `over` is the dialog that asks, if one does.
        """
        owner = over or self
        case_id = self._work.case_id

        def offer(subjects: Sequence[EvidenceSubject]) -> None:
            attach_menu(self._work, evidence_id, subjects, owner).popup(QCursor.pos())

        self._work.bench.operations.query(
            owner, lambda ctx: open_subjects(ctx, case_id=case_id), success=offer
        )


def attach_menu(
    work: CaseWork, evidence_id: str, subjects: Sequence[EvidenceSubject], over: QWidget
) -> QMenu:
    """A menu of what a piece of evidence may be attached to."""
    menu = QMenu(over)
    menu.aboutToHide.connect(menu.deleteLater)
    for one in subjects:
        menu.addAction(subject_in_words(one)).triggered.connect(
            lambda _on=False, one=one: work.tie(over, evidence_id, one.kind, one.subject_id)
        )
    if not subjects:
        nothing = menu.addAction(
            tr("No problem and no finding yet; drag the photo onto its item instead")
        )
        nothing.setEnabled(False)
    return menu


class _Tiles(QScrollArea):
    """As high as its tiles want to be, less where there is no room."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._wanted = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def want(self, height: int) -> None:
        """This high, where there is room."""
        self._wanted = height
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as wanted."""
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        """One line of tiles."""
        return QSize(60, min(self._wanted, theme.current().px(_LINE)))


class _WatchLine(QFrame):
    """Which folder is watched, what lay there before, and how to end it."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self._work = work
        self.text = ElidedLabel("", "dim")
        self.stop = button(tr("Stop"), "link", work.watch.stop)
        self.before = button("", "link", self._take_before, changing=True)
        line = row(gap=4)
        line.addWidget(self.text, 1)
        line.addWidget(self.stop)
        self.setLayout(column(line, row(self.before, 1), gap=0))
        work.watch.changed.connect(self.present)
        self.present()

    def present(self) -> None:
        """Say how it stands."""
        watch = self._work.watch
        self.setVisible(watch.folder is not None)
        if watch.folder is None:
            return
        name = watch.folder.name or str(watch.folder)
        if watch.trouble is not None:
            self.text.setText(tr("Cannot reach {folder}; waiting", folder=name))
        else:
            self.text.setText(tr("Watching {folder}", folder=name))
        self.text.setToolTip(str(watch.folder))
        self.text.setProperty("role", "caution" if watch.trouble is not None else "dim")
        restyle(self.text)
        count = len(watch.before)
        self.before.setText(tr("Take in what was there ({count})", count=count))
        self.before.setVisible(count > 0)

    def _take_before(self) -> None:
        self._work.intake.take_paths(self._work.watch.take_before())
