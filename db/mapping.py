"""Records to rows and back: frozen dataclasses by msgspec, columns named like their fields."""

from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
Row = tuple[Any, ...]


class Mapper(Generic[T]):
    """How one kind of record lies in its table. Tuples are kept as JSON text."""

    def __init__(self, record_type: type[T]) -> None:
        info = msgspec.inspect.type_info(record_type)
        if not isinstance(info, msgspec.inspect.DataclassType) or not is_dataclass(record_type):
            raise TypeError(record_type)
        self._type = record_type
        # msgspec puts fields without a default first; rows are in the order of the class.
        types = {field.name: field.type for field in info.fields}
        self.names = tuple(field.name for field in fields(record_type))
        self._lists = tuple(
            place
            for place, name in enumerate(self.names)
            if isinstance(types[name], msgspec.inspect.VarTupleType)
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
        """The record of a row."""
        values = dict(zip(self.names, row, strict=True))
        for place in self._lists:
            values[self.names[place]] = msgspec.json.decode(row[place])
        return msgspec.convert(values, self._type, strict=False)
