"""The two kinds of errors: what a person can act on, and what is our fault."""

from landsteward.domain.text import Message


class KnownError(Exception):
    """Something a person can act on: says what happened, where, and what to do next.

    Nothing that was saved before is touched when one is raised.
    """

    def __init__(self, what: Message, *, where: str = "", remedy: Message | None = None) -> None:
        super().__init__(str(what))
        self.what = what
        self.where = where
        self.remedy = remedy


class RefusedMoveError(KnownError):
    """A step of a case or finding that the lifecycle or the actor's role does not allow."""


class RecordNotFoundError(KnownError):
    """A record that was asked for by its key is not in the workspace (any more)."""


class WorkspaceError(KnownError):
    """The workspace file cannot be opened, read or written."""


class DamagedError(WorkspaceError):
    """The workspace file is damaged; `where` names the place in it."""


class OnlyReadableError(WorkspaceError):
    """The workspace file cannot be written to just now, but it can be read."""


class InputFileError(KnownError):
    """A file a person handed in cannot be read as what it should be."""


class RulePackError(KnownError):
    """A rule pack has a mistake; `where` names file and key."""
