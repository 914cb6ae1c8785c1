"""What the steps of a case share: the case, the window, its photos, and how changes are made."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from landsteward.app.context import Context
from landsteward.app.drafts import drop_draft, keep_draft
from landsteward.app.evidence import attach_evidence, detach_evidence
from landsteward.domain.errors import KnownError
from landsteward.domain.states import CaseStep, SubjectKind
from ui.evidence.intake import Intake
from ui.evidence.watch import FolderWatch
from ui.formats import parse_date, parse_decimal
from ui.pages.case.reading import CaseHead
from ui.widgets.callout import Callout, Refusal
from ui.widgets.fields import DateField, DecimalField, Field, LongField, TextField, WholeField
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import words_of
from ui.widgets.thumbnails import ThumbnailMaker
from ui.workbench import Workbench

T = TypeVar("T")


class CaseWork(QObject):
    """One case on the table. Steps ask it for changes; it never touches their widgets."""

    step_asked = Signal(object)
    """A `CaseStep` somebody wants to go to."""
    photo_asked = Signal(str)
    """Key of a photo to look at in full size."""
    refresh_asked = Signal()
    """A step wants to be read again, because it shows something else now."""
    export_asked = Signal(str)
    """Key of evidence whose original is to be saved somewhere."""
    finding_asked = Signal(str)
    """Key of a finding to show."""

    def __init__(self, bench: Workbench, case_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.case_id = case_id
        self.head: CaseHead | None = None
        self.thumbnails = ThumbnailMaker(bench.operations, bench.services.picture_files, self)
        self.intake = Intake(bench.services, bench.operations, case_id, self)
        self.watch = FolderWatch(bench.operations, self)
        self.watch.arrived.connect(
            lambda paths: self.intake.take_paths(paths, again=self.watch.again)
        )

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
        strip.files_given.connect(lambda paths: self.intake.take_paths(paths, (kind, subject_id())))
        strip.picture_pasted.connect(
            lambda name, content: self.intake.take_picture(name, content, (kind, subject_id()))
        )
        strip.evidence_given.connect(lambda key: self.tie(strip, key, kind, subject_id()))
        strip.removed.connect(lambda key: self.untie(strip, key, kind, subject_id()))
        strip.export_asked.connect(self.export_asked)
        strip.opened.connect(self.photo_asked)

    def tie(self, owner: QObject, key: str, kind: SubjectKind, subject_id: str) -> None:
        """Attach evidence of the pool."""
        self.change(
            owner,
            lambda ctx: attach_evidence(
                ctx, evidence_id=key, subject_kind=kind, subject_id=subject_id
            ),
        )

    def untie(self, owner: QObject, key: str, kind: SubjectKind, subject_id: str) -> None:
        """Take evidence off; it stays in the pool."""
        self.change(
            owner,
            lambda ctx: detach_evidence(
                ctx, evidence_id=key, subject_kind=kind, subject_id=subject_id
            ),
        )


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
    return "" if isinstance(field, TextField | LongField) else None


def _parsed(field: Field, text: str) -> object:
    """A draft's text as the value its field takes."""
    if isinstance(field, DateField):
        return parse_date(text)
    if isinstance(field, DecimalField):
        return parse_decimal(text)
    return int(text) if isinstance(field, WholeField) else text
