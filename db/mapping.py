"""Records to rows and back: frozen dataclasses by msgspec, columns named like their fields."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from db.errors import damaged

T = TypeVar("T")
Row = tuple[Any, ...]
_encode = msgspec.json.Encoder().encode


class Mapper(Generic[T]):
    """How one kind of record lies in its table. Tuples and records within are kept as JSON text."""

    def __init__(self, record_type: type[T], path: Path) -> None:
        if not is_dataclass(record_type):
            raise TypeError(record_type)
        self._type = record_type
        self._path = path
        self.names = tuple(field.name for field in fields(record_type))
        types = get_type_hints(record_type)
        self._lists = tuple(
            name
            for name in self.names
            if get_origin(types[name]) is tuple or is_dataclass(types[name])
        )
        self._truths = tuple(
            name for name in self.names if bool in (types[name], *get_args(types[name]))
        )

    def columns(self, prefix: str = "") -> str:
        """The columns for a SELECT or INSERT, each behind the prefix (e.g. `p.`)."""
        return ", ".join(f'{prefix}"{name}"' for name in self.names)

    def row(self, record: T) -> Row:
        """The values of a record, in the order of the columns."""
        return tuple(self._values(record).values())

    def written_out(self, record: T) -> tuple[Row, str]:
        """The values of a record, and the same as the trail keeps them (`db.audit.row_as_json`)."""
        values = self._values(record)
        row = tuple(values.values())
        values["deleted_at"] = None
        return row, _encode(values).decode()

    def _values(self, record: T) -> dict[str, Any]:
        values: dict[str, Any] = msgspec.to_builtins(record)
        for name in self._lists:
            values[name] = _encode(values[name]).decode()
        for name in self._truths:
            if values[name] is not None:
                values[name] = int(values[name])
        return values

    def record(self, row: Row) -> T:
        """The record of a row. Raises WorkspaceError where the file is damaged there."""
        values = dict(zip(self.names, row, strict=True))
        try:
            for name in self._lists:
                values[name] = msgspec.json.decode(values[name])
            return msgspec.convert(values, self._type, strict=False)
        except (msgspec.MsgspecError, TypeError) as error:
            name = f"{self._type.__name__} {values.get('id', '')}"
            raise damaged(self._path, name) from error
