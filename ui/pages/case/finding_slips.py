"""The slips of a finding: what went out under which number, who received it, what came back."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.referrals import Slip, correct_reply, log_receipt, log_reply, void_slip
from landsteward.domain.casework import Evidence
from landsteward.domain.states import SlipKind, SubjectKind
from ui import formats
from ui import words as shared
from ui.dialogs.paper import PaperDialog
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, column, label, row, selectable, show_if
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.widgets.forms import grid
from ui.widgets.photos import PhotoStrip
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge
from ui.widgets.twolines import TwoLines


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipData:
    """A slip and the letters that came back. `ours`: who acts may say something about it."""

    slip: Slip
    letters: tuple[Evidence, ...]
    ours: bool
    head: CaseHead


class SlipCard(Card):
    """All slips of a finding, voided ones too; put away while there are none."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Transfer and copy notices"), gap=12)
        self.rows: Rows[SlipRow, SlipData] = Rows(
            lambda key: SlipRow(work, key), SlipRow.fill, gap=12
        )
        self.add(self.rows.layout)
        self.hide()

    def present(self, slips: tuple[SlipData, ...]) -> None:
        """Show them, the latest first."""
        self.rows.show([(one.slip.referral.id, one) for one in reversed(slips)])
        self.setVisible(bool(slips))


class SlipRow(QWidget):
    """One slip; what can be said about it opens a form below."""

    def __init__(self, work: CaseWork, referral_id: str) -> None:
        super().__init__()
        self._work = work
        self._referral_id = referral_id
        self._data: SlipData | None = None
        self.form: ActionForm | None = None
        self.text = TwoLines()
        self.state = Badge()
        self.view = button(tr("View"), "small", self._show_paper)
        self.receipt = button(
            tr("Receipt…"), "small", partial(self.open_form, ReceiptForm), changing=True
        )
        self.reply = button(
            tr("Reply…"), "small", partial(self.open_form, ReplyForm), changing=True
        )
        self.correct = button(
            tr("Correct the reply…"),
            "small",
            partial(self.open_form, CorrectionForm),
            changing=True,
        )
        self.void = button(tr("Void…"), "danger", partial(self.open_form, VoidForm), changing=True)
        self.void.setProperty("small", True)
        self.came_back = selectable()
        self.letters = PhotoStrip(work.thumbnails)
        self.letters_word = label(tr("Receipt and reply as they came in"), "label")
        work.serve(self.letters, SubjectKind.REFERRAL, partial(str, referral_id))
        self._place = column(gap=0)
        top = row(gap=8)
        top.addWidget(self.text, 1)
        top.addWidget(self.state)
        self.setLayout(
            column(
                top,
                self.came_back,
                row(self.view, self.receipt, self.reply, self.correct, 1, self.void),
                self._place,
                self.letters_word,
                self.letters,
                gap=6,
            )
        )

    def fill(self, data: SlipData) -> None:
        """Show it as it stands."""
        self._data = data
        slip, one = data.slip, data.slip.referral
        kind = tr("Transfer") if one.kind is SlipKind.TRANSFER else tr("Copy notice")
        under = [kind, tr("sent {day}", day=formats.day(slip.document.issued_on))]
        if one.received_on is not None:
            under.append(
                tr("received {day}, {who}", day=formats.day(one.received_on), who=one.received_by)
            )
        if len(slip.findings) > 1:
            numbers = tr(", ").join(str(found.finding_no) for found in slip.findings)
            under.append(tr("about findings {numbers}", numbers=numbers))
        self.text.show_text(f"{slip.number} → {one.recipient}", " · ".join(under))
        self.state.show_word(*_state(data))
        said = ""
        if slip.document.voided_on is not None:
            said = tr("Voided: {reason}", reason=slip.document.void_reason)
        elif one.replied_on is not None:
            said = f"{formats.day(one.replied_on)}  {one.reply}"
            for again in slip.replies[1:]:
                old = slip.replies[again.number - 2]
                said += "\n" + tr(
                    "Corrects the entry of {day} “{reply}”: {reason} ({person})",
                    day=formats.day(old.replied_on),
                    reply=old.reply,
                    reason=again.reason,
                    person=data.head.name_of(again.logged_by),
                )
        self.came_back.setText(said)
        show_if(self.came_back, bool(said))
        stands = data.ours and slip.document.voided_on is None
        self.receipt.setVisible(stands and one.received_on is None)
        self.reply.setVisible(stands and one.replied_on is None)
        self.correct.setVisible(stands and one.replied_on is not None)
        self.void.setVisible(stands and one.replied_on is None)
        for widget in (self.letters_word, self.letters):
            widget.setVisible(stands or bool(data.letters))
        self.letters.show_photos(data.letters)
        if not stands:
            self.close_form()

    def open_form(self, make: "type[ReceiptForm | ReplyForm | CorrectionForm | VoidForm]") -> None:
        """Open a form below; another one goes, what was typed into it is kept."""
        self.close_form()
        if self._data is None:
            return
        self.form = make(self._work, self._data)
        self.form.closed.connect(self.close_form)
        self._place.addWidget(self.form)
        self.form.begin()

    def close_form(self) -> None:
        """Put the open form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _show_paper(self) -> None:
        if self._data is not None:
            PaperDialog(self._work.bench, self._data.slip.document, self).open()


def _state(data: SlipData) -> tuple[str, str]:
    """Where a slip stands, in a word and its tone."""
    slip, one = data.slip, data.slip.referral
    if slip.document.voided_on is not None:
        return tr("Voided"), "plain"
    if one.replied_on is not None:
        return {
            True: (tr("Taken over"), "good"),
            False: (tr("Sent back"), "caution"),
            None: (tr("Answered"), "good"),
        }[one.accepted]
    if one.reply_by is None:
        return tr("No reply wanted"), "plain"
    word, tone = shared.due(one.reply_by, data.head.today)
    return tr("Reply by {day}, {due}", day=formats.day(one.reply_by), due=word), tone


class ReceiptForm(ActionForm):
    """Who received it, and when."""

    def __init__(self, work: CaseWork, data: SlipData) -> None:
        self._slip = data.slip.referral
        super().__init__(work, self._slip.id, "receipt", tr("Log the receipt"))
        self.received_by = TextField(tr("Received by"))
        self.received_on = DateField(tr("Received on"))
        self.add(grid([self.received_by, self.received_on], columns=2))
        self.finish(
            {"received_by": self.received_by, "received_on": self.received_on},
            {"received_on": data.head.today},
        )

    def prepared(self) -> Action | None:
        """Both must be said."""
        who, day, slip = self.received_by.value(), self.received_on.value(), self._slip
        if not who:
            self.missing(self.received_by, tr("Say who received it."))
            return None
        if day is None:
            self.missing(self.received_on, tr("Say on which day."))
            return None
        return lambda ctx: log_receipt(ctx, referral_id=slip.id, received_on=day, received_by=who)


class ReplyForm(ActionForm):
    """What was answered and when; of a transfer, whether it was taken over."""

    form_key = "reply"

    def __init__(self, work: CaseWork, data: SlipData) -> None:
        self._slip = data.slip.referral
        title = tr("Log the reply") if self._slip.replied_on is None else tr("Correct the reply")
        super().__init__(work, self._slip.id, self.form_key, title)
        self.replied_on = DateField(tr("Replied on"))
        self.accepted: ChoiceField | None = None
        if self._slip.kind is SlipKind.TRANSFER:
            self.accepted = ChoiceField(
                tr("The other side"),
                [
                    (None, tr("Choose…")),
                    (True, tr("took it over")),
                    (False, tr("sent it back: the finding is ours again")),
                ],
            )
        self.reply = NoteField(tr("What was answered"), rows=3)
        choices = [self.replied_on, *([self.accepted] if self.accepted is not None else [])]
        self.add(grid(choices, columns=2))
        self.add(self.reply)
        self._extend()
        self.finish(
            {"replied_on": self.replied_on, "reply": self.reply},
            {"replied_on": data.head.today},
        )

    def _extend(self) -> None:
        """What else is asked."""

    def prepared(self) -> Action | None:
        """All must be said."""
        day, reply, slip = self.replied_on.value(), self.reply.value(), self._slip
        accepted = self.accepted.value() if self.accepted is not None else None
        if day is None:
            self.missing(self.replied_on, tr("Say on which day."))
            return None
        if self.accepted is not None and accepted is None:
            self.missing(self.accepted, tr("Say whether the other side took it over."))
            return None
        if not reply:
            self.missing(self.reply, tr("Say what was answered."))
            return None
        return lambda ctx: log_reply(
            ctx, referral_id=slip.id, replied_on=day, reply=reply, accepted=accepted
        )


class CorrectionForm(ReplyForm):
    """What the reply really was, and what was wrong with the entry; the old one stays."""

    form_key = "correction"

    def __init__(self, work: CaseWork, data: SlipData) -> None:
        super().__init__(work, data)
        slip = data.slip.referral
        self.reply.set_value(slip.reply)
        self.replied_on.set_value(slip.replied_on)
        if self.accepted is not None:
            self.accepted.set_value(slip.accepted)

    def _extend(self) -> None:
        self.why = TextField(tr("What was wrong with the entry"))
        self.add(self.why)

    def prepared(self) -> Action | None:
        """All must be said, and why."""
        if super().prepared() is None:
            return None
        day, reply, why, slip = (
            self.replied_on.value(),
            self.reply.value(),
            self.why.value(),
            self._slip,
        )
        accepted = self.accepted.value() if self.accepted is not None else None
        if not why:
            self.missing(self.why, tr("Say what was wrong with the entry."))
            return None
        assert day is not None
        return lambda ctx: correct_reply(
            ctx, referral_id=slip.id, replied_on=day, reply=reply, reason=why, accepted=accepted
        )


class VoidForm(ActionForm):
    """Why a slip no longer counts; its number stays used up."""

    def __init__(self, work: CaseWork, data: SlipData) -> None:
        self._slip = data.slip.referral
        super().__init__(work, self._slip.id, "void", tr("Void the slip"))
        self.reason = NoteField(
            tr("Reason"), rows=2, hint=tr("The number stays used up, the paper is kept.")
        )
        self.add(self.reason)
        self.finish({"reason": self.reason}, {})

    def prepared(self) -> Action | None:
        """A reason must be given."""
        reason, slip = self.reason.value(), self._slip
        if not reason:
            self.missing(self.reason, tr("A reason must be given."))
            return None
        return lambda ctx: void_slip(ctx, referral_id=slip.id, reason=reason)
