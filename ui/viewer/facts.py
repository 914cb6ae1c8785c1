"""Beside a photo: what is known of it, what it belongs to, and its words to be written."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.evidence import describe_evidence
from landsteward.app.evidence_card import EvidenceCard
from landsteward.app.evidence_subjects import EvidenceSubject
from landsteward.app.language import render, tr
from landsteward.domain.casework import Evidence
from ui import formats, theme
from ui.evidence.kinds import kind_of, size_in_words
from ui.evidence.words import subject_in_words
from ui.operations import Operations
from ui.widgets.basics import ElidedLabel, button, clear, column, label, restyle, row, selectable
from ui.widgets.fields import TextField

_WIDTH = 300


class FactsPanel(QWidget):
    """Caption and place are kept as their fields are left."""

    described = Signal(object)
    """The `Evidence` with its new words."""
    taken_off = Signal(object)
    """An `EvidenceSubject` the photo should no longer belong to."""
    attach_asked = Signal()

    def __init__(self, operations: Operations, *, attaching: bool) -> None:
        super().__init__()
        self._operations = operations
        self._evidence_id = ""
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.caption = TextField(tr("Caption"))
        self.place = TextField(tr("Place"))
        self.facts = selectable("", "dim")
        self.check = selectable("", "dim")
        self.doubts = label("", "caution", wrap=True)
        self.subjects = column(gap=2)
        self.attach = button(tr("Attach to…"), "link", self.attach_asked.emit, changing=True)
        for name, field in (("caption", self.caption), ("place", self.place)):
            field.autosaves = True
            field.committed.connect(lambda value, name=name: self._keep(name, value))
        self.setLayout(
            column(
                self.caption,
                self.place,
                self.doubts,
                self.facts,
                self.check,
                label(tr("Belongs to"), "label"),
                self.subjects,
                row(self.attach, 1),
                1,
                gap=10,
            )
        )
        self.attach.setVisible(attaching)

    def commit(self) -> bool:
        """Keep what is being typed; False where it makes no sense."""
        return all([self.caption.commit(), self.place.commit()])

    def begin(self, evidence: Evidence) -> None:
        """Another photo: what is known at once."""
        self._evidence_id = evidence.id
        self.caption.set_value(evidence.caption)
        self.place.set_value(evidence.place)
        self.facts.setText("")
        self.doubts.hide()
        self.say_check("", "dim")
        clear(self.subjects)

    def present(self, card: EvidenceCard) -> None:
        """Everything that is known."""
        one = card.evidence
        copies = card.copies
        facts = [
            tr("Taken {at}", at=taken_in_words(one)) if one.taken_at else tr("No time recorded"),
            tr("GPS {place}", place=place_in_words(one)) if one.latitude is not None else "",
            tr("Camera {camera}", camera=one.camera) if one.camera else "",
            tr(
                "Added {at} by {who}",
                at=formats.moment(one.added_at),
                who=card.added_by,
            ),
            " · ".join(
                part
                for part in (
                    kind_of(one),
                    f"{copies.width} × {copies.height}" if copies and copies.width else "",
                    size_in_words(one.size_bytes),
                )
                if part
            ),
            one.file_name,
        ]
        self.facts.setText("\n".join(fact for fact in facts if fact))
        self.doubts.setText("\n".join(render(one) for one in card.doubts))
        self.doubts.setVisible(bool(card.doubts))
        clear(self.subjects)
        if not card.subjects:
            self.subjects.addWidget(label(tr("Nothing yet"), "dim"))
        for subject in card.subjects:
            self.subjects.addWidget(self._subject(subject))

    def say_check(self, text: str, tone: str) -> None:
        """How the content stands to its SHA-256."""
        self.check.setText(text)
        self.check.setProperty("role", tone)
        restyle(self.check)

    def _subject(self, subject: EvidenceSubject) -> QWidget:
        made = QWidget()
        off = button(
            "×",
            "quiet",
            lambda: self.taken_off.emit(subject),
            hint=tr("Take off; it stays among the case's photos"),
            changing=True,
        )
        off.setFixedWidth(theme.current().px(28))
        line = row(gap=4)
        line.addWidget(ElidedLabel(subject_in_words(subject)), 1)
        line.addWidget(off)
        made.setLayout(line)
        off.setVisible(not self.attach.isHidden())
        return made

    def _keep(self, name: str, value: Any) -> None:
        evidence_id = self._evidence_id
        field = self.caption if name == "caption" else self.place

        def run(ctx: Context) -> Evidence:
            if name == "caption":
                return describe_evidence(ctx, evidence_id=evidence_id, caption=value)
            return describe_evidence(ctx, evidence_id=evidence_id, place=value)

        self._operations.change(self, run, success=self.described.emit, failure=field.refused)


def taken_in_words(one: Evidence) -> str:
    """The moment as the camera recorded it, with its offset where it wrote one."""
    taken = one.taken_at
    if taken is None:
        return ""
    offset = f" {taken:%z}" if taken.tzinfo is not None else ""
    return f"{taken:%Y-%m-%d %H:%M}{offset}"


def place_in_words(one: Evidence) -> str:
    """Latitude and longitude, north and east."""
    if one.latitude is None or one.longitude is None:
        return ""
    return tr("{latitude}° N, {longitude}° E", latitude=one.latitude, longitude=one.longitude)
