"""What a page is.

How to write one:

- Take the `Workbench` first and keep it; everything outside the page is reached through it.
- Build the widgets in `__init__`, ask for data in `refresh()`: `bench.operations.query(self, fn,
  success=self._show)`, where `fn(ctx)` runs on the database thread and returns frozen records,
  and `_show` fills the widgets in the GUI thread. Never touch a widget inside `fn`, and never
  the workspace outside of it.
- `refresh()` is called when the page is shown and after every kept change, also its own, so it
  must be cheap and must not throw away what a person is typing: fill fields with
  `Field.set_value`, which leaves a field alone while it is being typed in. Rebuild lists only
  when what they show has changed.
- Fields are tied to use cases with `ui.widgets.forms.keep(field, operations, change)`: left
  fields are saved, a refusal stands under the field. Buttons run
  `operations.change(self, fn, success=…)`; a `KnownError` nobody takes appears in the message
  line above the page in words.
- Leave for another page by `bench.go(Place("case", case_id, "findings"))`, never by making it.
- One button with role `primary` per page.
- Text comes from `tr("English")`; when the language, text size or colours change all pages are
  made again at the same `place()`.
- Colours and pixel sizes that the style sheet does not know: `ui.theme.current()`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.workbench import Place, Workbench


class Page(QWidget):
    """A page of the window. `titled` carries a new title (e.g. the case's number)."""

    titled = Signal(str)
    adapts = False
    """Whether `refresh` also asks anew what the person at work may do."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__()
        self.bench = bench
        self._place = place
        self._title = ""

    def refresh(self) -> None:
        """Ask again for everything shown. Called when shown, and after every kept change."""
        raise NotImplementedError

    def title(self) -> str:
        """What is shown here, for the window's title; empty where the rail says it."""
        return self._title

    def set_title(self, title: str) -> None:
        """Say what is shown here."""
        if title != self._title:
            self._title = title
            self.titled.emit(title)

    def place(self) -> Place:
        """Where this is, so that it can be made again. Pages with parts say which is in front."""
        return self._place

    def turn_to(self, place: Place) -> bool:
        """Show another part of what is here; False where the page has to be made again for it."""
        return False

    def commit(self) -> bool:
        """Save what is in the fields; False where a field has something that makes no sense."""
        from ui.widgets.forms import commit_all

        return commit_all(self)

    def drop(self) -> None:
        """The page is about to go. Stop timers and let go of files; fields are saved already."""
