"""Work on tens of thousands of records at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_records() -> Iterator[None]:
    """Python does not look for cycles meanwhile: records hold none, and looking through all of
    them again and again took a tenth of an import's time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
