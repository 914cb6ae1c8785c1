"""Keys of records: UUID version 7 (RFC 9562), as text.

Rows from several laptops must meet later without clashing, and keys sort by the moment they
were made, which keeps index inserts at the end of the tree. The standard library has `uuid7`
only from Python 3.14 on, and takes neither clock nor random source from outside.
"""

from collections.abc import Callable

_COUNTS = 1 << 12
_COUNTER = tuple(f"{count:03x}" for count in range(_COUNTS))
_DRAWN = 64
# Two bits of a random digit stay, before them stands 10.
_VARIANT = {f"{digit:x}": f"{0b1000 | digit & 0b11:x}" for digit in range(16)}


class Uuid7Source:
    """Makes keys from a clock (milliseconds since 1970) and a random source, both handed in.

    Keys of one source strictly increase, also within one millisecond and when the clock is set
    back: the 12 bits after the version are a counter (RFC 9562, method 1).
    """

    def __init__(self, now_ms: Callable[[], int], random_bits: Callable[[int], int]) -> None:
        self._now_ms = now_ms
        self._random_bits = random_bits
        self._last_ms = -1
        self._counter = 0
        self._start = ""
        self._ends: list[str] = []

    def new(self) -> str:
        """The next key, 36 characters."""
        now = self._now_ms()
        if now > self._last_ms:
            self._begin(now)
        else:
            self._counter += 1
            if self._counter >= _COUNTS:
                self._begin(self._last_ms + 1)
        if not self._ends:
            self._draw()
        return f"{self._start}{_COUNTER[self._counter]}-{self._ends.pop()}"

    def _begin(self, moment: int) -> None:
        """Start a millisecond: its keys have 48 bits of time and the version in common."""
        self._last_ms = moment
        self._counter = 0
        text = f"{moment & (1 << 48) - 1:012x}"
        self._start = f"{text[:8]}-{text[8:]}-7"

    def _draw(self) -> None:
        """Draw the random ends of the next keys, 62 bits each, behind the variant (10)."""
        text = f"{self._random_bits(_DRAWN * 64):0{_DRAWN * 16}x}"
        for at in range(0, len(text), 16):
            end = text[at : at + 16]
            self._ends.append(f"{_VARIANT[end[0]]}{end[1:4]}-{end[4:]}")
