"""Keys of records: UUID version 7 (RFC 9562), as text.

Rows from several laptops must meet later without clashing, and keys sort by the moment they
were made, which keeps index inserts at the end of the tree. The standard library has `uuid7`
only from Python 3.14 on, and takes neither clock nor random source from outside.
"""

from collections.abc import Callable

_COUNTER_BITS = 12


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

    def new(self) -> str:
        """The next key, 36 characters."""
        now = self._now_ms()
        if now > self._last_ms:
            self._begin(now)
        else:
            self._counter += 1
            if self._counter >= 1 << _COUNTER_BITS:
                self._begin(self._last_ms + 1)
        end = f"{0b10 << 62 | self._random_bits(62):x}"
        return f"{self._start}{self._counter:03x}-{end[:4]}-{end[4:]}"

    def _begin(self, moment: int) -> None:
        """Start a millisecond: its keys have 48 bits of time and the version in common."""
        self._last_ms = moment
        self._counter = 0
        text = f"{moment & (1 << 48) - 1:012x}"
        self._start = f"{text[:8]}-{text[8:]}-7"
