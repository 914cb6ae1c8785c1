"""The packs of an open workspace: those its county published, and those that came with the program.

A workspace carries every version its county ever published, so on any laptop its checkups find
the pack they were made with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from landsteward.app.pack_files import unpacked
from landsteward.domain.pack_versions import PackVersion, in_force

if TYPE_CHECKING:
    from datetime import date

    from landsteward.app.ports.surroundings import PackSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.codes import CodeLists
    from landsteward.domain.rulepack import RulePack


class WorkspacePacks:
    """What `current` and `get` answer from is laid ready by `follow`, so any thread may ask."""

    def __init__(self, shipped: PackSource, today: Callable[[], date]) -> None:
        self._shipped = shipped
        self._today = today
        self._versions: tuple[PackVersion, ...] = ()
        self._contents: dict[str, bytes] = {}
        self._read: dict[str, RulePack] = {}

    def follow(self, workspace: Workspace) -> None:
        """Take note of what is published in a workspace; on the thread it belongs to."""
        versions = tuple(workspace.pack_versions.where())
        for one in versions:
            if one.sha256 not in self._contents:
                self._contents[one.sha256] = workspace.blobs.get(one.sha256)
        self._versions = versions

    def current(self) -> RulePack:
        """The pack new work is done with today. Raises RulePackError."""
        version = in_force(self._versions, self._today())
        return self._shipped.current() if version is None else self._pack(version)

    def get(self, key: str, version: str) -> RulePack:
        """The pack a piece of work was done with. Raises RulePackError where it is not there."""
        for one in self._versions:
            if (one.key, one.version) == (key, version):
                return self._pack(one)
        return self._shipped.get(key, version)

    def codes(self) -> CodeLists:
        """The code lists that every workspace shares. Raises RulePackError."""
        return self._shipped.codes()

    def _pack(self, version: PackVersion) -> RulePack:
        from landsteward.packs.files import PackFilesOnDisk

        pack = self._read.get(version.sha256)
        if pack is None:
            files = PackFilesOnDisk()
            texts = files.completed(unpacked(self._contents[version.sha256]))
            pack = self._read[version.sha256] = files.load(texts, name=version.name)
        return pack
