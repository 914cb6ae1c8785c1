"""Records of one kind, and contents by their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Store(Protocol[T]):
    """Records of one kind. Everything that writes must run inside `Workspace.transaction`."""

    def get(self, record_id: str) -> T:
        """The record of that key. Raises RecordNotFoundError."""
        ...

    def find(self, record_id: str) -> T | None:
        """The record of that key, or None."""
        ...

    def where(self, **equal: object) -> list[T]:
        """Records whose fields equal these (None: is empty), oldest first; marked ones left out."""
        ...

    def first(self, **equal: object) -> T | None:
        """The oldest such record, or None."""
        ...

    def count(self, **equal: object) -> int:
        """How many there are."""
        ...

    def add(self, record: T) -> None:
        """Keep a new record."""
        ...

    def add_many(self, records: Iterable[T]) -> None:
        """Keep many new records at once."""
        ...

    def save(self, record: T) -> None:
        """Keep a changed record; one that did not change leaves no trace."""
        ...

    def retire(self, record_id: str) -> None:
        """Mark a record as deleted; it stays in the file and in the trail."""
        ...


class BlobStore(Protocol):
    """Contents of evidence and issued papers, once each, by SHA-256 (hex)."""

    def put(self, content: bytes) -> str:
        """Keep the content and say its SHA-256."""
        ...

    def get(self, sha256: str) -> bytes:
        """The content. Raises RecordNotFoundError."""
        ...
