"""The rule pack: what it says, the county's draft of its own, two versions compared."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
)

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.pack_reading import (
    DRAFT,
    PackChoice,
    PackDesk,
    PackView,
    look_at_packs,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.pack_versions import PackVersion
from landsteward.domain.permissions import Action, may
from ui import theme
from ui.pages.base import Page
from ui.pages.rules.actions import PackActions
from ui.pages.rules.compare import ComparePanel, choice_in_words
from ui.pages.rules.content import Entry, Section, fitting, section_key, sections_of
from ui.pages.rules.detail import DetailPanel
from ui.pages.rules.entry_list import EntryList
from ui.pages.rules.publish import PublishPanel
from ui.widgets.basics import Card, box, button, clear, column, label, row, scrolled, show_if
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import MessageBar
from ui.workbench import Place, Workbench

_SIDE = 204
_BROWSE, _COMPARE, _PUBLISH = "", "compare", "publish"


class RulePackPage(Page):
    """`place.record_id` names the version, `place.step` what is in front: a section, or a panel."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        look = theme.current()
        self._may_edit = may(bench.member().person.role, Action.EDIT_RULES)
        self._which = place.record_id
        self._mode = place.step if place.step in (_COMPARE, _PUBLISH) else _BROWSE
        self._section = "" if self._mode else place.step
        self._desk: PackDesk | None = None
        self.view: PackView | None = None
        self._choices: tuple[PackChoice, ...] = ()
        self._sections: list[Section] = []
        self.message = MessageBar()
        self.doing = doing = PackActions(bench, self)
        doing.begun.connect(self._drafted)
        doing.put_aside.connect(self._put_aside)
        doing.failed.connect(self.message.fail)
        doing.saved.connect(lambda file: self.message.say(tr("Saved {file}.", file=file), "good"))
        self.version = ChoiceField("")
        self.version.editor.setAccessibleName(tr("Version"))
        self.version.setFixedWidth(look.px(300))
        self.version.committed.connect(self._version_chosen)
        self.search = QLineEdit()
        self.search.setProperty("role", "search")
        self.search.setPlaceholderText(tr("Search the pack"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(look.px(240))
        self.search.textChanged.connect(self._searched)
        self.compare = button(tr("Compare"), "", lambda: self._turn(_COMPARE))
        self.export = button(tr("Export…"), "", self._export)
        self.take_in = button(tr("Import…"), "", doing.ask_import, changing=True)
        self.resume = button(tr("Take up the draft"), "", doing.resume, changing=True)
        self.discard = button(tr("Discard…"), "", self._discard, changing=True)
        self.copy = button(tr("Copy for the county…"), "primary", doing.ask_copy, changing=True)
        self.publish = button(
            tr("Publish…"), "primary", lambda: self._turn(_PUBLISH), changing=True
        )
        back = button("←", "quiet", self._back, hint=tr("Back"))
        back.setFixedWidth(look.px(32))
        self.said = label("", "dim", wrap=True)
        head = row(
            back,
            label(tr("Rule pack"), "title"),
            self.version,
            1,
            self.search,
            self.compare,
            self.export,
            self.take_in,
            self.resume,
            self.discard,
            self.copy,
            self.publish,
        )
        self.browse = self._make_browse()
        self.compared = ComparePanel(bench)
        compared = Card(margin=16)
        compared.add(self.compared, 1)
        self.publishing = PublishPanel(bench)
        self.publishing.published.connect(self._published)
        self.publishing.left.connect(lambda: self._turn(_BROWSE))
        self.stack = QStackedWidget()
        self._panels = {_BROWSE: self.browse, _COMPARE: compared, _PUBLISH: self.publishing}
        for panel in self._panels.values():
            self.stack.addWidget(panel)
        page = column(head, self.said, self.message, gap=8)
        page.addWidget(self.stack, 1)
        self.setLayout(page)
        self._show_actions()
        self.stack.setCurrentWidget(self._panels[self._mode])

    def _make_browse(self) -> Card:
        look = theme.current()
        self._side = column(gap=2)
        self._side_group = QButtonGroup(self)
        side = scrolled(box(column(self._side, 1, margin=8)))
        side.setFixedWidth(look.px(_SIDE))
        self.list = EntryList()
        self.list.setFixedWidth(look.px(340))
        self.list.chosen.connect(self._entry_chosen)
        self.detail = DetailPanel(self.bench)
        self.detail.failed.connect(self.message.fail)
        card = Card(margin=0)
        held = row(side, _upright(), self.list, _upright(), self.detail, gap=0)
        held.setStretch(4, 1)
        card.add(held, 1)
        return card

    def refresh(self) -> None:
        """Read the versions there are, and the one that is looked at."""
        files, which = self.bench.services.pack_files(), self._which

        def ask(ctx: Context) -> PackDesk:
            return look_at_packs(ctx, files=files, which=which)

        self.bench.operations.query(self, ask, success=self._show, failure=self._gone)

    def place(self) -> Place:
        """The version and what is in front."""
        return Place("rules", self._which, self._mode or self._section)

    def _gone(self, error: KnownError) -> None:
        if self._which:
            self._which = ""
            self.refresh()
        else:
            self.message.fail(error)

    def _show(self, desk: PackDesk) -> None:
        choices, view = desk.choices, desk.view
        if desk == self._desk or (self._which and self._which != view.choice.which):
            return
        self._desk, self._choices, self.view = desk, choices, view
        self._which = view.choice.which
        self.version.set_options([(one.which, choice_in_words(one)) for one in choices])
        self.version.set_value(view.choice.which)
        self.said.setText(_said_of(view))
        self._sections = sections_of(view)
        if self._section not in {one.key for one in self._sections}:
            self._section = self._sections[0].key
        self._show_side()
        self._show_entries()
        self._show_actions()
        if self._mode == _COMPARE:
            self.compared.offer(choices)
            self.compared.again()
        elif self._mode == _PUBLISH:
            self._turn(_PUBLISH)

    def _show_side(self) -> None:
        keys = [(one.key, one.word, one.changed) for one in self._sections]
        if self._side.property("keys") == keys:
            return
        self._side.setProperty("keys", keys)
        clear(self._side)
        self.sides: dict[str, QPushButton] = {}
        for section in self._sections:
            caption = _caption(section.key, self.sides)
            if caption:
                self._side.addWidget(_side_caption(caption))
            word = f"{section.word} •" if section.changed else section.word
            room = theme.current().px(_SIDE - 48)
            short = self.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room)
            made = button(
                short, "side", partial(self._section_chosen, section.key), hint=section.word
            )
            made.setCheckable(True)
            made.setAccessibleName(
                f"{section.word} {tr('changed')}" if section.changed else section.word
            )
            self._side_group.addButton(made)
            self.sides[section.key] = made
            self._side.addWidget(made)

    def _show_entries(self) -> None:
        """The entries of the section in front, or whatever is searched for."""
        wanted = self.detail.shown
        text = self.search.text().strip()
        if text:
            words = {one.key: one.word for one in self._sections}
            entries = [
                replace(
                    one,
                    under=" · ".join(filter(None, (words.get(section_key(one), ""), one.under))),
                )
                for one in fitting(self._sections, text)
            ]
        else:
            section = next(one for one in self._sections if one.key == self._section)
            entries = list(section.entries)
        self._side_group.setExclusive(False)
        for key, made in self.sides.items():
            made.setChecked(not text and key == self._section)
        self._side_group.setExclusive(True)
        self.list.show_entries(entries, wanted)

    def _entry_chosen(self, entry: Entry | None) -> None:
        if self.view is not None:
            self.detail.show_entry(self.view, entry, editing=self._editing)

    @property
    def _editing(self) -> bool:
        return self._may_edit and self._which == DRAFT

    def _section_chosen(self, key: str) -> None:
        if not self.commit():
            return
        self._section = key
        if self.search.text():
            self.search.clear()
        else:
            self._show_entries()

    def _searched(self) -> None:
        if self._sections:
            self._show_entries()

    def _version_chosen(self, which: str) -> None:
        if self._mode == _PUBLISH:
            self._turn(_BROWSE)
        self._which = which
        self.refresh()

    def _turn(self, mode: str) -> None:
        """Bring a panel to the front."""
        if mode == self._mode == _COMPARE:
            mode = _BROWSE
        if not self.commit():
            return
        self._mode = mode
        self.stack.setCurrentWidget(self._panels[mode])
        if mode == _COMPARE:
            self.compared.offer(self._choices)
        elif mode == _PUBLISH:
            draft = next((one for one in self._choices if one.which == DRAFT), None)
            if draft is None:
                self._turn(_BROWSE)
                return
            now = next((one for one in self._choices if one.in_force), None)
            self.publishing.show_draft(draft, now)
        self._show_actions()

    def _back(self) -> None:
        if self._mode:
            self._turn(_BROWSE)
        else:
            self.bench.go(Place("settings", step="rules"))

    def _show_actions(self) -> None:
        drafted = any(one.which == DRAFT for one in self._choices)
        browsing = self._mode == _BROWSE
        known = self.view is not None
        show_if(self.version, browsing)
        show_if(self.search, browsing)
        show_if(self.compare, browsing and len(self._choices) > 1)
        show_if(self.export, browsing and known)
        free = self._may_edit and browsing and known and not drafted
        show_if(self.take_in, free)
        show_if(self.resume, free and self._desk is not None and self._desk.discarded)
        show_if(self.copy, free)
        show_if(self.discard, self._editing and browsing)
        show_if(self.publish, self._editing and browsing)

    def _export(self) -> None:
        if self.view is not None:
            self.doing.ask_export(self.view.choice)

    def _discard(self) -> None:
        if self.view is not None:
            self.doing.ask_discard(len(self.view.edits))

    def _drafted(self) -> None:
        self._which = DRAFT

    def _put_aside(self) -> None:
        self._which = ""

    def _published(self, version: PackVersion) -> None:
        self._which = f"{version.key} {version.version}"
        self._turn(_BROWSE)
        self.message.say(
            tr(
                "{version} holds from {day} on.", version=version.version, day=version.in_force_from
            ),
            "good",
        )


def _said_of(view: PackView) -> str:
    """What the version is: by whom, from when, what changed; or how far a draft has come."""
    choice = view.choice
    if view.draft is not None:
        return tr(
            "Draft for {county}, begun with {origin}: {count} changes. Nothing anybody works with "
            "changes until it is published.",
            county=view.draft.county,
            origin=view.draft.based_on,
            count=len(view.edits),
        )
    if choice.published_at is None:
        return tr("It came with the program. A county copies it and changes the copy.")
    return tr(
        "In force from {day}. Published {moment} by {person}: {changes}",
        day=choice.in_force_from,
        moment=f"{choice.published_at:%Y-%m-%d %H:%M}",
        person=choice.published_by,
        changes=choice.changes,
    )


def _upright() -> QFrame:
    made = QFrame()
    made.setProperty("role", "upright")
    return made


def _caption(key: str, before: Mapping[str, object]) -> str:
    """What stands above the first checklist, and above the first section behind them."""
    checklist = key.startswith("items/")
    seen = any(one.startswith("items/") for one in before)
    if checklist and not seen:
        return tr("Checklists")
    last = next(reversed(list(before)), "")
    return tr("Law and method") if last.startswith("items/") and not checklist else ""


def _side_caption(text: str) -> QLabel:
    made = label(text, "label")
    made.setContentsMargins(theme.current().px(10), theme.current().px(8), 0, 2)
    return made
