"""The packs that come with the program, by key and version.

What reads and checks them is loaded with the first that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from landsteward.domain.errors import RulePackError
from landsteward.domain.text import msg
from landsteward.packs.folder import PLAIN_NAME

if TYPE_CHECKING:
    from landsteward.domain.codes import CodeLists
    from landsteward.domain.rulepack import RulePack

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"
CODES = RULES.with_name("codes")
DEFAULT_PACK = "bozhou-2023"

T = TypeVar("T")


class Packs:
    """Packs in a directory: `<key>/` as it is now, `<key>/earlier/<version>/` as it was.

    Each is read when it is first asked for, and once in a process as long as its files stay as
    they are: the sample, the window and its tour each have packs of their own.
    """

    def __init__(
        self, directory: Path = RULES, key: str = DEFAULT_PACK, *, codes: Path = CODES
    ) -> None:
        self._directory = directory
        self._key = key
        self._codes = codes
        self._code_lists: CodeLists | None = None
        self._read: dict[Path, RulePack] = {}

    def current(self) -> RulePack:
        """The pack new work is done with. Raises RulePackError."""
        return self._pack(self._directory / self._key)

    def get(self, key: str, version: str) -> RulePack:
        """The pack a piece of work was done with. Raises RulePackError where it is not there."""
        return self._pack(self.folder(key, version))

    def folder(self, key: str, version: str) -> Path:
        """Where the files of a version lie. Raises RulePackError where it is not there."""
        folder = self._directory / key
        if PLAIN_NAME.fullmatch(key) and PLAIN_NAME.fullmatch(version):
            for place in (folder / "earlier" / version, folder):
                if (place / "pack.toml").is_file():
                    pack = self._pack(place)
                    if (pack.key, pack.version) == (key, version):
                        return place
        raise RulePackError(
            msg("The rule pack {key} in version {version} is not here.", key=key, version=version),
            where=str(folder),
            remedy=msg(
                "Put that version's folder under “earlier” in the pack's folder; it comes with the "
                "program version the work was done with."
            ),
        )

    def codes(self) -> CodeLists:
        """The code lists that every workspace shares. Raises RulePackError."""
        from landsteward.packs.codes import load_codes

        if self._code_lists is None:
            self._code_lists = _once(self._codes, load_codes)
        return self._code_lists

    def _pack(self, folder: Path) -> RulePack:
        from landsteward.packs.loading import load_pack

        if folder not in self._read:
            self._read[folder] = _once(folder, load_pack)
        return self._read[folder]


_Looks = frozenset[tuple[str, int, int]]
_in_process: dict[Path, tuple[_Looks, object]] = {}


def _once(folder: Path, load: Callable[[Path], T]) -> T:
    """What a folder's files say, read again only where one of them is not as it was."""
    looks = frozenset(
        (str(file.relative_to(folder)), file.stat().st_mtime_ns, file.stat().st_size)
        for file in folder.rglob("*.toml")
    )
    kept = _in_process.get(folder)
    if kept is None or kept[0] != looks:
        kept = _in_process[folder] = (looks, load(folder))
    return cast(T, kept[1])
