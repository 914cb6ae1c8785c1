"""What the steps of a case share: the case, the window, its photos, and how changes are made."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from landsteward.app.context import Context
from landsteward.app.drafts import drop_draft, keep_draft
from landsteward.app.evidence import (
    add_evidence,
    attach_evidence,
    detach_evidence,
)
from landsteward.domain.errors import InputFileError, KnownError
from landsteward.domain.states import CaseStep, SubjectKind
from landsteward.domain.text import msg
from ui.formats import parse_date, parse_decimal
from ui.pages.case.reading import CaseHead
from ui.widgets.callout import Callout, Refusal
from ui.widgets.fields import DateField, DecimalField, Field, NoteField, TextField, WholeField
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import words_of
from ui.widgets.thumbnails import ThumbnailMaker
from ui.workbench import Workbench

T = TypeVar("T")
LARGEST_FILE = 200 * 1024 * 1024


class CaseWork(QObject):
    """One case on the table. Steps ask it for changes; it never touches their widgets."""

    step_asked = Signal(object)
    """A `CaseStep` somebody wants to go to."""
    photo_asked = Signal(str)
    """Key of a photo to look at in full size."""
    refresh_asked = Signal()
    """A step wants to be read again, because it shows something else now."""
    finding_asked = Signal(str)
    """Key of a finding to show."""

    def __init__(self, bench: Workbench, case_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.case_id = case_id
        self.head: CaseHead | None = None
        self.thumbnails = ThumbnailMaker(bench.operations, self)

    def change(
        self,
        owner: QObject,
        fn: Callable[[Context], T],
        *,
        success: Callable[[T], None] | None = None,
        error: Refusal | Callout | None = None,
    ) -> None:
        """Run a use case; a refusal is said in `error` where it is given, else above the page.

        There it stays until something of the owner's is edited, or any change is kept.
        """
        if error is None:
            self.bench.operations.change(owner, fn, success=success)
            return

        def fail(refusal: KnownError) -> None:
            self._mind(owner, error)
            error.say(words_of(refusal))

        def done(result: T) -> None:
            error.settle()
            if success is not None:
                success(result)

        self.bench.operations.change(owner, fn, success=done, failure=fail)

    def _mind(self, owner: QObject, error: Refusal | Callout) -> None:
        """What is done about a refusal takes its words away."""
        if error.property("minded"):
            return
        error.setProperty("minded", True)
        self.bench.operations.saved.connect(error.settle)
        for field in owner.findChildren(Field):
            field.edited.connect(error.settle)

    def say(self, text: str, tone: str = "accent") -> None:
        """A line above the page."""
        self.bench.say(text, tone)

    def go(self, step: CaseStep) -> None:
        """Show another step."""
        self.step_asked.emit(step)

    def keep_draft(self, owner: QWidget, form: str, fields: dict[str, str]) -> None:
        """Keep what was typed into a form that is not sent yet."""
        case_id = self.case_id
        self.bench.operations.change(
            owner, lambda ctx: keep_draft(ctx, case_id=case_id, form=form, fields=fields)
        )

    def sent(self, ctx: Context, form: str) -> None:
        """On the database thread: the form was sent off, its draft is no longer needed."""
        drop_draft(ctx, case_id=self.case_id, form=form)

    def serve(self, strip: PhotoStrip, kind: SubjectKind, subject_id: Callable[[], str]) -> None:
        """Let a strip attach what is dropped, pasted, chosen or dragged to its subject."""
        strip.files_given.connect(lambda paths: self.attach_files(strip, paths, kind, subject_id()))
        strip.picture_pasted.connect(
            lambda name, content: self._attach(strip, [(name, content)], kind, subject_id())
        )
        strip.evidence_given.connect(lambda key: self._tie(strip, key, kind, subject_id()))
        strip.removed.connect(lambda key: self._untie(strip, key, kind, subject_id()))
        strip.opened.connect(self.photo_asked)

    def _tie(self, owner: QObject, key: str, kind: SubjectKind, subject_id: str) -> None:
        self.change(
            owner,
            lambda ctx: attach_evidence(
                ctx, evidence_id=key, subject_kind=kind, subject_id=subject_id
            ),
        )

    def _untie(self, owner: QObject, key: str, kind: SubjectKind, subject_id: str) -> None:
        self.change(
            owner,
            lambda ctx: detach_evidence(
                ctx, evidence_id=key, subject_kind=kind, subject_id=subject_id
            ),
        )

    def add_picture(self, name: str, content: bytes) -> None:
        """Put a pasted picture into the pool."""
        self._attach(self, [(name, content)], None, "")

    def attach_files(
        self,
        owner: QObject,
        paths: Sequence[Path],
        kind: SubjectKind | None,
        subject_id: str,
    ) -> None:
        """Read files in the background and put them into the pool and to their subject."""
        self.bench.operations.task(
            owner,
            lambda _progress: [(path.name, _read(path)) for path in paths],
            success=lambda files: self._attach(owner, files, kind, subject_id),
        )

    def _attach(
        self,
        owner: QObject,
        files: Sequence[tuple[str, bytes]],
        kind: SubjectKind | None,
        subject_id: str,
    ) -> None:
        case_id = self.case_id

        def run(ctx: Context) -> None:
            with ctx.change():
                for name, content in files:
                    added = add_evidence(ctx, case_id=case_id, file_name=name, content=content)
                    if kind is not None:
                        attach_evidence(
                            ctx, evidence_id=added.id, subject_kind=kind, subject_id=subject_id
                        )

        self.change(owner, run)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputFileError(
                msg("The file is larger than {size} MB.", size=LARGEST_FILE // 1024 // 1024),
                where=path.name,
                remedy=msg("Make it smaller, or keep it elsewhere and note where."),
            )
        return path.read_bytes()
    except OSError as error:
        raise InputFileError(
            msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
            where=path.name,
            remedy=msg("Check that it is still there and that you may read it."),
        ) from error


class Drafts(QObject):
    """Keeps what a form that is not sent yet holds, as its fields are left."""

    def __init__(
        self,
        work: CaseWork,
        owner: QWidget,
        form: str,
        fields: dict[str, Field],
        ticks: dict[str, QAbstractButton] | None = None,
    ) -> None:
        super().__init__(owner)
        self._work = work
        self._owner = owner
        self.form = form
        self._fields = fields
        self._ticks = ticks or {}
        self._restored = False
        for field in fields.values():
            field.set_value(_nothing(field))
            field.autosaves = True
            field.committed.connect(self.keep)
        for tick in self._ticks.values():
            tick.clicked.connect(self.keep)

    def restore(self, held: dict[str, str]) -> None:
        """Once: put back what was typed before the program was left."""
        if self._restored:
            return
        self._restored = True
        for name, text in held.items():
            if name in self._ticks:
                self._ticks[name].setChecked(True)
            elif name in self._fields:
                self._fields[name].set_value(_parsed(self._fields[name], text))

    def clear(self) -> None:
        """The form was sent: empty its fields."""
        for field in self._fields.values():
            field.set_value(_nothing(field))
        for tick in self._ticks.values():
            tick.setChecked(False)

    def keep(self, _value: object = None) -> None:
        """Keep what makes sense of what is entered."""
        texts = {name: "1" for name, tick in self._ticks.items() if tick.isChecked()}
        for name, field in self._fields.items():
            try:
                value = field.value()
            except ValueError:
                continue
            texts[name] = "" if value is None else str(value)
        self._work.keep_draft(self._owner, self.form, texts)


def _nothing(field: Field) -> str | None:
    """What a field holds when nothing is entered."""
    return "" if isinstance(field, TextField | NoteField) else None


def _parsed(field: Field, text: str) -> object:
    """A draft's text as the value its field takes."""
    if isinstance(field, DateField):
        return parse_date(text)
    if isinstance(field, DecimalField):
        return parse_decimal(text)
    return int(text) if isinstance(field, WholeField) else text
