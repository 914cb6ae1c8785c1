"""Records to rows and back: frozen dataclasses by msgspec, columns named like their fields."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_origin, get_type_hints

import msgspec

from db.errors import damaged

T = TypeVar("T")
Row = tuple[Any, ...]


class Mapper(Generic[T]):
    """How one kind of record lies in its table. Tuples are kept as JSON text."""

    def __init__(self, record_type: type[T], path: Path) -> None:
        if not is_dataclass(record_type):
            raise TypeError(record_type)
        self._type = record_type
        self._path = path
        self.names = tuple(field.name for field in fields(record_type))
        types = get_type_hints(record_type)
        self._lists = tuple(
            place for place, name in enumerate(self.names) if get_origin(types[name]) is tuple
        )

    def columns(self, prefix: str = "") -> str:
        """The columns for a SELECT or INSERT, each behind the prefix (e.g. `p.`)."""
        return ", ".join(f'{prefix}"{name}"' for name in self.names)

    def row(self, record: T) -> Row:
        """The values of a record, in the order of the columns."""
        values = list(msgspec.to_builtins(record).values())
        for place in self._lists:
            values[place] = msgspec.json.encode(values[place]).decode()
        return tuple(values)

    def record(self, row: Row) -> T:
        """The record of a row. Raises WorkspaceError where the file is damaged there."""
        values = dict(zip(self.names, row, strict=True))
        try:
            for place in self._lists:
                values[self.names[place]] = msgspec.json.decode(row[place])
            return msgspec.convert(values, self._type, strict=False)
        except (msgspec.MsgspecError, TypeError) as error:
            name = f"{self._type.__name__} {values.get('id', '')}"
            raise damaged(self._path, name) from error
