"""100 photos of 12 megapixels taken into a case, whole, beside plain copying of the same.

Ours is the real window at the case's page, from giving it the files until the last one is kept
with its smaller copies, attached and shown; every photo is a durable transaction of its own. The
other side copies each file, reads its SHA-256 and makes the same two smaller pictures by Pillow.
A timer in the window's thread that should fire every millisecond says for how long it was held;
on a machine with other work that is mostly waiting for a processor, so the processor time of the
longest turn of its loop stands beside it.
"""

import gc
import hashlib
import os
import shutil
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.side_by_side import Comparison, compare
from tests.helpers.photos import snapshot

PHOTOS = 100
DIFFERENT = 10
LIMIT = 1.5
HELD_MS = 50
"""The window's own rule: nothing holds its thread for longer."""
_PATIENCE_S = 300


def measure(runs: int) -> Comparison:
    """The whole of it, pair by pair."""
    return _both(runs)[0]


def busy(runs: int) -> Comparison:
    """The longest turn of the window's loop in processor time, beside what the rule allows."""
    return _both(runs)[1]


def held(runs: int) -> Comparison:
    """The longest time between two beats of the window's thread, waiting for others included."""
    return _both(runs)[2]


@cache
def _both(runs: int) -> tuple[Comparison, Comparison, Comparison]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = _photos(folder / "camera")
        gaps: list[float] = []
        turns: list[float] = []

        def ours() -> float:
            with TemporaryDirectory(dir=folder) as inner:
                took, gap, turn = _taken_in(Path(inner), files)
            gaps.append(gap)
            turns.append(turn)
            return took

        def theirs() -> float:
            with TemporaryDirectory(dir=folder) as inner:
                began = time.perf_counter()
                _plainly(Path(inner), files)
                return time.perf_counter() - began

        whole = compare(
            what=f"{PHOTOS} photos of 12 megapixels taken in, with trail and smaller copies",
            beside="copying, SHA-256 and the same two pictures by Pillow",
            ours=ours,
            theirs=theirs,
            limit=LIMIT,
            runs=runs,
        )
        # The first of each is the warming up.
        work, wait = (
            Comparison(
                what=what,
                beside="what the window allows itself",
                pairs=tuple((one * 1000, HELD_MS) for one in found[1:]),
                limit=limit,
                unit="ms",
            )
            for what, found, limit in (
                ("the longest turn of the window's loop meanwhile, processor time", turns, 1.0),
                ("the longest time the window's thread was held meanwhile", gaps, None),
            )
        )
        return whole, work, wait


def _photos(folder: Path) -> list[Path]:
    """Each of another content: what stands behind a JPEG's end is not part of its picture."""
    folder.mkdir()
    bases = [snapshot(number) for number in range(DIFFERENT)]
    made = []
    for number in range(PHOTOS):
        path = folder / f"IMG_{number:04}.jpg"
        path.write_bytes(bases[number % DIFFERENT] + number.to_bytes(4, "big"))
        made.append(path)
    return made


def _plainly(folder: Path, files: list[Path]) -> None:
    from PIL import Image, ImageOps

    for file in files:
        copy = folder / file.name
        shutil.copyfile(file, copy)
        hashlib.sha256(copy.read_bytes()).hexdigest()
        with Image.open(copy) as image:
            # A half is enough for 1600 pixels: whoever knows Pillow has it unpack no more.
            image.draft("RGB", (1600, 1200))
            for size, quality in ((1600, 85), (360, 80)):
                image.thumbnail((size, size), Image.Resampling.LANCZOS)
                made = ImageOps.exif_transpose(image)
                made.save(folder / f"{size}-{file.name}", "JPEG", quality=quality)


def _taken_in(folder: Path, files: list[Path]) -> tuple[float, float, float]:
    """How long it took, the longest time between two beats, the longest turn of the loop."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from tests.ui.case.hand import at_the_case_page

    app = QApplication.instance() or QApplication([])
    with at_the_case_page(folder) as hand:
        intake = hand.page.work.intake
        over: list[object] = []
        intake.ended.connect(over.append)
        beats = [time.perf_counter()]
        timer = QTimer(hand.window)
        timer.setInterval(1)
        timer.timeout.connect(lambda: beats.append(time.perf_counter()))
        hand.settle()
        # What the helpers of the tests left is no part of the program.
        gc.collect()
        timer.start()
        began = beats[-1] = time.perf_counter()
        intake.take_paths(files)
        turn = 0.0
        while not over:
            before = time.thread_time()
            app.processEvents()
            turn = max(turn, time.thread_time() - before)
            if time.perf_counter() - began > _PATIENCE_S:
                raise TimeoutError("the photos did not come in")
            time.sleep(0.0005)
        took = time.perf_counter() - began
        timer.stop()
        hand.settle()
        kept = hand.ask(lambda ctx: ctx.workspace.evidence.count())
        if kept != len(files):
            raise RuntimeError(f"{kept} photos were kept")
    return took, max(later - one for one, later in pairwise(beats)), turn
