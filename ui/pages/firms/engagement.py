"""One contract: its terms, the enterprises it is for, and choosing them."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.engagements import (
    EnterprisesAssigned,
    EnterprisesTakenOut,
    assign_enterprises,
    edit_engagement,
    end_engagement,
    resume_engagement,
    take_enterprises_out,
)
from landsteward.app.firms import EngagementSheet, engagement_sheet
from landsteward.app.language import tr
from landsteward.domain.engagements import Engagement
from landsteward.domain.errors import KnownError
from ui import theme
from ui.choosing.chooser import EnterpriseChooser
from ui.firms import words
from ui.operations import Progress
from ui.pages.base import Page
from ui.pages.firms.listed import ListedPanel
from ui.widgets.basics import Card, ElidedLabel, box, button, column, label, row, scrolled, show_if
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, DateField, DecimalField, NoteField, TextField
from ui.widgets.forms import RecordForm
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import Badge, words_of
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class EngagementPage(Page):
    """`place.step` is the part in front: terms, listed, choose."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.sheet: EngagementSheet | None = None
        self.line = OutcomeLine()
        back = button("←", "quiet", self._back, hint=tr("To the firm"))
        back.setFixedWidth(theme.current().px(32))
        self.name = ElidedLabel("", "title")
        self.state = Badge()
        self.days = label("", "dim")
        self.tabs = Tabs()
        self.choose = button(
            tr("Choose enterprises"), "primary", lambda: self.tabs.show_tab("choose")
        )
        head = row(back, self.name, self.state, self.days, 1, self.choose, gap=8)
        self.terms = TermsPanel(bench)
        self.listed = ListedPanel(bench, place.record_id, self.line)
        self.listed.choose_asked.connect(lambda: self.tabs.show_tab("choose"))
        self.tabs.add("terms", tr("Contract"), scrolled(box(column(self.terms, 1))))
        self.tabs.add("listed", tr("Enterprises"), self.listed)
        self.tabs.add_later("choose", tr("Choose enterprises"), self._make_chooser)
        self.chooser: EnterpriseChooser | None = None
        self.tabs.chosen.connect(lambda _key: self._show_button())
        page = column(head, self.line, self.tabs, gap=8)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    def place(self) -> Place:
        """With the part in front."""
        return Place("engagement", self._place.record_id, self.tabs.current)

    def turn_to(self, place: Place) -> bool:
        """Put a part in front; another contract is another page."""
        if place.record_id != self._place.record_id:
            return False
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        return True

    def refresh(self) -> None:
        """Ask for the contract again."""
        engagement_id = self._place.record_id
        self.bench.operations.query(
            self,
            lambda ctx: engagement_sheet(ctx, engagement_id=engagement_id),
            success=self._show,
            failure=self._gone,
        )
        if self.chooser is not None and self.tabs.current == "choose":
            self.chooser.refresh()

    def _make_chooser(self) -> QWidget:
        self.chooser = EnterpriseChooser(
            self.bench,
            self.assign,
            name="engagement-choose",
            kept_as=self._place.record_id,
        )
        self.chooser.refresh()
        return self.chooser

    def _gone(self, error: KnownError) -> None:
        self.bench.go(Place("firms"))
        self.bench.say(words_of(error), "caution")

    def _back(self) -> None:
        firm = self.sheet.firm.id if self.sheet is not None else ""
        self.bench.go(Place("firm", firm, "contracts") if firm else Place("firms"))

    def _show(self, sheet: EngagementSheet) -> None:
        self.sheet = sheet
        one = sheet.card.engagement
        self.set_title(one.contract_no or sheet.firm.name)
        self.name.setText(" · ".join(part for part in (sheet.firm.name, one.contract_no) if part))
        self.state.show_word(*words.engagement_state(one, self.bench.services.clock.today()))
        self.days.setText(words.days(one))
        self.terms.present(sheet)
        self.listed.present(sheet)
        self.tabs.reword("listed", f"{tr('Enterprises')} ({sheet.card.enterprises:,})")
        self.tabs.buttons["choose"].setVisible(sheet.may_engage)
        self._show_button()

    def _show_button(self) -> None:
        allowed = self.sheet is not None and self.sheet.may_engage
        show_if(self.choose, allowed and self.tabs.current != "choose")

    def assign(self, ids: list[str]) -> None:
        """List these enterprises with the contract, and say what came of it."""
        engagement_id = self._place.record_id

        def work(ctx: Context, progress: Progress) -> EnterprisesAssigned:
            return assign_enterprises(
                ctx, engagement_id=engagement_id, enterprise_ids=ids, told=progress
            )

        running = self.bench.operations.long_change(
            self,
            work,
            success=self._assigned,
            failure=lambda error: self.line.say(words_of(error), "caution"),
            progressed=self.line.progressed,
            stopped=lambda: self.line.say(tr("Stopped; nothing was changed."), "caution"),
        )
        self.line.working(tr("Choosing enterprises…"), running.cancel)

    def _assigned(self, made: EnterprisesAssigned) -> None:
        text = tr("{count} enterprises added.", count=f"{len(made.listed_ids):,}")
        if made.known:
            text += " " + tr("{count} were there already.", count=f"{made.known:,}")
        if made.narrowed:
            text += " " + tr("The contract is for the listed ones alone from now on.")
        follows = [(tr("Undo"), lambda: self._take_back(made))] if made.listed_ids else []
        self.line.say(text, "good", *follows)
        if self.chooser is not None:
            self.chooser.settle()

    def _take_back(self, made: EnterprisesAssigned) -> None:
        engagement_id = self._place.record_id

        def work(ctx: Context) -> EnterprisesTakenOut:
            with ctx.change():
                if made.narrowed:
                    edit_engagement(ctx, engagement_id=engagement_id, covers_all=True)
                return take_enterprises_out(ctx, listed_ids=made.listed_ids)

        self.bench.operations.change(
            self,
            work,
            success=lambda taken: self.line.say(
                tr("{count} enterprises taken out.", count=f"{len(taken.before):,}"), "good"
            ),
        )


class TermsPanel(Card):
    """The terms of a contract, each saved as it is left; who else is engaged; ending it early."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(tr("Contract"), gap=12)
        self._bench = bench
        self._shown: Engagement | None = None
        self.carrier = label("", "dim")
        self.form = RecordForm(
            bench.operations,
            {
                "contract_no": TextField(tr("Contract number")),
                "fee_wan": DecimalField(tr("Fee"), unit="万元"),
                "from_on": DateField(tr("From")),
                "to_on": DateField(tr("To")),
                "covers_all": ChoiceField(
                    tr("For which enterprises"),
                    [(True, tr("All enterprises of the carrier")), (False, tr("Those listed"))],
                ),
                "scope": NoteField(tr("Scope of the work"), rows=3),
                "note": NoteField(tr("Note"), rows=2),
            },
            self._change,
            columns=2,
        )
        self.overlaps = label("", "caution", wrap=True)
        self.ended = label("", "", wrap=True)
        self.end = button(tr("End it early…"), "quiet", self._begin_end, changing=True)
        self.resume = button(tr("Let it run on"), "quiet", self._resume, changing=True)
        self.last_day = DateField(tr("Last day"))
        self.reason = NoteField(tr("Why"), rows=1)
        self.error = Refusal()
        self.confirm = button(tr("End the contract"), "small", self._end, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", self._leave_end)
        days = row(self.last_day, gap=12)
        days.addWidget(self.reason, 1)
        self.ending = box(column(days, row(self.error, self.cancel, self.confirm), gap=8))
        self.head.addWidget(self.carrier)
        self.add(self.form)
        self.add(self.overlaps)
        self.add(self.ended)
        self.add(row(self.end, self.resume, 1))
        self.add(self.ending)
        self.ending.hide()

    def present(self, sheet: EngagementSheet) -> None:
        """Show the terms of a contract."""
        one = self._shown = sheet.card.engagement
        self.carrier.setText(tr("engaged by {carrier}", carrier=sheet.card.carrier))
        self.form.show_record(one)
        self.form.set_read_only(not sheet.may_engage)
        texts = words.overlapping(sheet.card.overlaps)
        self.overlaps.setText("\n".join(texts))
        show_if(self.overlaps, bool(texts))
        self.ended.setText(tr("Ended because: {reason}", reason=one.end_reason))
        show_if(self.ended, bool(one.ended_on))
        show_if(self.end, sheet.may_engage and one.ended_on is None)
        show_if(self.resume, sheet.may_engage and one.ended_on is not None)

    def _change(self, ctx: Context, engagement_id: str, values: dict[str, Any]) -> object:
        return edit_engagement(ctx, engagement_id=engagement_id, **values)

    def _begin_end(self) -> None:
        self.last_day.set_value(self._bench.services.clock.today())
        self.reason.set_value("")
        self.ending.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_end(self) -> None:
        self.error.settle()
        self.ending.hide()

    def _end(self) -> None:
        one = self._shown
        if one is None or not self.last_day.commit():
            return
        day, reason = self.last_day.value(), self.reason.edit.toPlainText()
        if day is None:
            self.last_day.set_error(tr("Say on which day."))
            return
        self._bench.operations.change(
            self,
            lambda ctx: end_engagement(ctx, engagement_id=one.id, last_day=day, reason=reason),
            success=lambda _ended: self._leave_end(),
            failure=lambda error: self.error.say(words_of(error)),
        )

    def _resume(self) -> None:
        one = self._shown
        if one is not None:
            self._bench.operations.change(
                self, lambda ctx: resume_engagement(ctx, engagement_id=one.id)
            )
