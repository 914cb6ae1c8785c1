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

    def new(self) -> str:
        """The next key, 36 characters."""
        now = self._now_ms()
        if now > self._last_ms:
            self._last_ms = now
            self._counter = 0
        else:
            self._counter += 1
            if self._counter >= 1 << _COUNTER_BITS:
                self._last_ms += 1
                self._counter = 0
        value = (self._last_ms & (1 << 48) - 1) << 80
        value |= 0x7 << 76 | self._counter << 64
        value |= 0b10 << 62 | self._random_bits(62)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
