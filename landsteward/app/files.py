"""Files handed out: written whole, or not at all."""

from contextlib import suppress
from pathlib import Path

from landsteward.domain.errors import WorkspaceError
from landsteward.domain.text import msg


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; what stood there before stays until then.

    Raises WorkspaceError.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise WorkspaceError(
            msg("The file cannot be written: {reason}.", reason=error.strerror or error),
            where=str(target),
            remedy=msg("Choose another folder, or close the program that has the file open."),
        ) from error
