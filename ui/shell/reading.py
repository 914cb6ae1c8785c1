"""A workspace open for reading only: who looks at it, what that says, and what it switches off."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from landsteward.app.language import tr
from landsteward.app.people import NEWCOMER, Member
from landsteward.domain.organisations import Organisation
from landsteward.domain.states import OrganisationKind, Role
from ui.widgets.basics import CHANGES
from ui.widgets.edit_table import EditTable
from ui.widgets.field import Field
from ui.widgets.photos import PhotoStrip

_MOMENTS = frozenset({QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.EnabledChange})


def as_reader(member: Member | None) -> Member:
    """Whoever was last known to act here, or anybody, who may look at everything and no more."""
    if member is not None:
        return replace(member, person=replace(member.person, role=Role.READER))
    nobody = Organisation(id="", kind=OrganisationKind.OTHER, name="")
    return Member(person=replace(NEWCOMER, name=tr("Reading only")), organisation=nobody)


class ReadingOnly(QObject):
    """As long as it is there, nothing inside a widget can change records, and it says why.

    What would change them is switched off as it is first shown, and again whenever a page
    switches it on. The workspace itself refuses changes as well.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self._inside = inside
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Switch it off."""
        if event.type() in _MOMENTS and isinstance(watched, QWidget):
            if watched.property(CHANGES):
                if self._holds(watched):
                    watched.setEnabled(False)
                    watched.setToolTip(tr("The workspace is open for reading only."))
            elif isinstance(watched, Field):
                if watched.autosaves and not watched.locked and self._holds(watched):
                    watched.lock()
            elif (
                isinstance(watched, EditTable | PhotoStrip)
                and not watched.locked
                and self._holds(watched)
            ):
                watched.lock()
        return False

    def _holds(self, widget: QWidget) -> bool:
        """Whether it is in this window, or in a dialog of it."""
        window = widget.window()
        while (above := window.parentWidget()) is not None:
            window = above.window()
        return window is self._inside.window()
