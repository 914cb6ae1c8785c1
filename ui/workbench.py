"""What every page is handed: services, operations, and the few things it may ask of the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from landsteward.app.people import Member
from ui.icons import Icons
from ui.operations import Operations
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the program: a page, the record it shows, and the part of it in front.

    `page` is a key of `ui.pages.registry`; `step` is the page's own word for one of its parts.
    """

    page: str
    record_id: str = ""
    step: str = ""


DESK = Place("desk")
"""Where a day begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The window as its pages see it.

    `go` leaves the page for another place; `say` shows one line above the page, toned `accent`,
    `good`, `caution` or `bad`; `member` is who acts, with their organisation. `switch_person`
    opens the choice of who acts, `act_as` takes a person's key and lets them act at once.
    `ask_import` asks for a file to import, `import_file` brings it on its way; `ask_backup` asks
    for where a copy of the workspace goes. `icons` gives a button its icon once icons are there.
    `look_changed`, after settings of language, colours or text size were kept, makes the window
    anew.
    """

    services: Services
    operations: Operations
    go: Callable[[Place], None]
    say: Callable[[str, str], None]
    member: Callable[[], Member]
    switch_person: Callable[[], None]
    act_as: Callable[[str], None]
    ask_import: Callable[[], None]
    import_file: Callable[[Path], None]
    ask_backup: Callable[[], None]
    icons: Icons
    look_changed: Callable[[], None]
