"""Named views of a list, all in one place: choose, save, rename, delete."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.saved_views import SavedView, delete_view, rename_view, save_view, views_of
from ui.dialogs.ask import AskFirst, AskName
from ui.workbench import Workbench


class ViewsButton(QPushButton):
    """Opens the menu of the views of a list; `shown` says what is shown now, by a name."""

    def __init__(
        self,
        bench: Workbench,
        of: str,
        *,
        shown: Callable[[str], SavedView],
        show_view: Callable[[SavedView], object],
    ) -> None:
        super().__init__(tr("Views"))
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self._bench = bench
        self._of = of
        self._shown = shown
        self._show_view = show_view
        self._current = ""
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self._bench.operations.query(self, partial(views_of, of=self._of), success=self._offer)

    def _offer(self, views: list[SavedView]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in views:
            action = menu.addAction(view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(view == self._shown(view.name))
            action.triggered.connect(partial(self._take, view))
        if not views:
            menu.addAction(tr("No view is saved yet")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(tr("Save what is shown as a view…")).triggered.connect(self._ask_name)
        if any(view.name == self._current for view in views):
            name = self._current.replace("&", "&&")
            menu.addAction(tr("Rename “{name}”…", name=name)).triggered.connect(self._ask_rename)
            menu.addAction(tr("Delete “{name}”…", name=name)).triggered.connect(self._ask_delete)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, view: SavedView, _checked: bool = False) -> None:
        self._current = view.name
        self._show_view(view)

    def _ask_name(self) -> None:
        ask = AskName(self, tr("Save as a view"), tr("Name of the view"))
        ask.ok.setText(tr("Save"))
        ask.name.set_value(self._current)
        ask.named.connect(self._save)
        ask.open()

    def _save(self, name: str) -> None:
        view = self._shown(name)

        def work(ctx: Context) -> SavedView:
            return save_view(ctx, of=self._of, view=view)

        def done(saved: SavedView) -> None:
            self._current = saved.name
            self._bench.say(tr("View “{name}” saved for everybody", name=saved.name), "good")

        self._bench.operations.change(self, work, success=done)

    def _ask_rename(self) -> None:
        ask = AskName(self, tr("Rename the view"), tr("Name of the view"))
        ask.ok.setText(tr("Save"))
        ask.name.set_value(self._current)
        ask.named.connect(self._rename)
        ask.open()

    def _rename(self, to: str) -> None:
        name = self._current

        def work(ctx: Context) -> None:
            rename_view(ctx, of=self._of, name=name, to=to)

        def done(_nothing: None) -> None:
            self._current = " ".join(to.split())

        self._bench.operations.change(self, work, success=done)

    def _ask_delete(self) -> None:
        AskFirst(
            self,
            title=tr("Delete the view “{name}”?", name=self._current),
            text=tr("It goes for everybody who works in this workspace. No record is touched."),
            yes=tr("Delete"),
            run=self._delete,
        ).open()

    def _delete(self) -> None:
        name, self._current = self._current, ""

        def work(ctx: Context) -> None:
            delete_view(ctx, of=self._of, name=name)

        self._bench.operations.change(self, work)
