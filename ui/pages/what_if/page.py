"""测算: levers at the left, what comes of them at the right, the least for each grade, scenarios.

The field is read and worked out once; what follows from a lever is worked out as it is typed.
"""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.scenarios import (
    ScenarioLine,
    bring_scenario_back,
    keep_scenario,
    remove_scenario,
    rename_scenario,
)
from landsteward.app.what_if import (
    Ground,
    as_changes,
    as_stage,
)
from landsteward.app.what_if_wording import grading_words
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from landsteward.domain.scenarios import Scenario, Stage
from landsteward.domain.what_if.least import graded_levers
from landsteward.domain.what_if.outlook import Outlook
from landsteward.domain.what_if.position import ChangeRefusedError
from ui import theme
from ui.pages.base import Page
from ui.pages.grading.words import run_state
from ui.pages.what_if.bars import ScenarioBar, YearBar
from ui.pages.what_if.compare import CompareCard
from ui.pages.what_if.least import LeastCard, PairCard
from ui.pages.what_if.levers import LeversCard
from ui.pages.what_if.reading import Reading, Standing
from ui.pages.what_if.results import ChartCard, LimitsCard, ValuesCard, VerdictCard
from ui.pages.what_if.seeking import Seeking
from ui.widgets.basics import (
    ElidedLabel,
    box,
    button,
    changes,
    column,
    label,
    row,
    scrolled,
    show_if,
)
from ui.widgets.signs import EmptyState, MessageBar, words_of
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class WhatIfPage(Page):
    """One enterprise; `place.step` is the scenario in front."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.ground: Ground | None = None
        self.scenario: Scenario | None = None
        self.stages: dict[int, dict[str, Decimal]] = {}
        self.year = 0
        self._scenarios: tuple[ScenarioLine, ...] = ()
        self._wanted = place.step
        self._making = False
        self._reading = Reading(bench, self, place.record_id)
        self._may_write = may(bench.member().person.role, Action.WRITE_PLAN)
        self._build_head()
        self._build_body()
        self.message = MessageBar()
        self.empty = EmptyState(
            tr("Nothing to hold it against yet"),
            "",
            tr("To the gradings"),
            lambda: bench.go(Place("gradings")),
            primary=False,
        )
        self.loading = label(tr("Reading the field…"), "dim")
        page = column(self._head, self.message, self.bar, gap=8)
        page.addWidget(self.loading)
        page.addWidget(self.empty, 1)
        page.addWidget(self._body, 1)
        self.setLayout(page)
        show_if(self.empty, False)
        show_if(self._body, False)

    def _build_head(self) -> None:
        self.name = ElidedLabel("", "title")
        self.facts = ElidedLabel("", "dim")
        back = button("←", "quiet", self._leave, hint=tr("To the enterprise"))
        back.setFixedWidth(theme.current().px(32))
        self.new = changes(button(tr("New scenario"), "primary", self._begin))
        self._head = row(back, self.name, self.facts, 1, self.new)
        self.bar = ScenarioBar()
        self.bar.opened.connect(self._open)
        self.bar.renamed.connect(self._rename)

    def _build_body(self) -> None:
        self.levers = LeversCard()
        self.levers.moved.connect(self._moved)
        self.levers.settled.connect(self._settled)
        self.levers.parcel.committed.connect(self._parcel_chosen)
        self.years = YearBar()
        self.years.chosen.connect(self._to_year)
        self.years.added.connect(self._add_year)
        left = box(column(self.years, self.levers, gap=8))
        self.verdict, self.values = VerdictCard(), ValuesCard()
        self.limits, self.chart = LimitsCard(), ChartCard()
        self.least, self.pair = LeastCard(), PairCard()
        self.least.taken.connect(lambda key, value: self.levers.put(key, value))
        self.pair.taken.connect(self._take_pair)
        self._seeking = Seeking(self.bench, self, self.least, self.pair)
        self.compare = CompareCard()
        self.compare.opened.connect(self._open)
        self.compare.removed.connect(self._remove)
        self.tabs = Tabs()
        self.tabs.add(
            "result",
            tr("What comes of it"),
            scrolled(box(column(self.values, self.limits, self.chart, 1, gap=12))),
        )
        self.tabs.add(
            "least",
            tr("The least for each grade"),
            scrolled(box(column(self.least, self.pair, 1, gap=12))),
        )
        self.tabs.add("scenarios", tr("Scenarios"), scrolled(box(column(self.compare, 1))))
        self.tabs.chosen.connect(lambda _key: self._ask_least())
        beside = scrolled(left)
        beside.setFixedWidth(theme.current().px(500))
        right = column(self.verdict, self.tabs, gap=8)
        right.addWidget(self.tabs.stack, 1)
        whole = row(beside, gap=12)
        whole.addLayout(right, 1)
        self._body: QWidget = box(whole)

    # Reading

    def refresh(self) -> None:
        """Ask for what may have changed; the field only where it is another grading's."""
        self._reading.look(self._read)

    def _read(self, read: Standing) -> None:
        self.set_title(tr("What-if: {name}", name=read.name))
        self.name.setText(tr("What-if: {name}", name=read.name))
        self._scenarios = read.scenarios
        if read.run is None:
            self._show_nothing(tr("Nothing to hold it against yet"), read.why)
            return
        self._show_ground(True)
        if self.scenario is not None:
            self.scenario = next(
                (one.scenario for one in read.scenarios if one.scenario.id == self.scenario.id),
                None,
            )
        wanted = read.run_of(self._wanted or (self.scenario.id if self.scenario else ""))
        if self.ground is None or self.ground.run.id != wanted:
            self._load(wanted)
            return
        if self.ground.parcels != read.parcels:
            self.ground = self.ground.with_parcels(read.parcels)
        self._show_scenarios()

    def _show_nothing(self, title: str, why: KnownError | None) -> None:
        """Instead of the field: why there is none."""
        show_if(self.loading, False)
        show_if(self._body, False)
        self.empty.title.setText(title)
        self.empty.text.setText(words_of(why) if why is not None else "")
        self._show_ground(False)

    def _show_ground(self, there: bool) -> None:
        for one in (self.bar, self.new):
            show_if(one, there)
        show_if(self.empty, not there)

    def _load(self, run_id: str) -> None:
        def failed(error: KnownError) -> None:
            if self.ground is None:
                self._show_nothing(tr("Nothing is worked out here"), error)
                return
            show_if(self.loading, False)
            self.message.fail(error)

        if self._reading.load(run_id, self._loaded, failed):
            show_if(self.loading, True)

    def _loaded(self, ground: Ground) -> None:
        self.ground = ground
        show_if(self.loading, False)
        show_if(self._body, True)
        run = ground.run
        self.facts.setText(f"{grading_words(run)} · {run_state(run.state)}")
        self.levers.lay_out([one.key for one in graded_levers(ground.field, ground.position)])
        key = self._wanted or (self.scenario.id if self.scenario is not None else "")
        if not key and self.scenario is None and not self.stages and self._scenarios:
            fitting = [one for one in self._scenarios if one.scenario.run_id == run.id]
            key = fitting[-1].scenario.id if fitting else ""
        self._wanted = ""
        found = next((one.scenario for one in self._scenarios if one.scenario.id == key), None)
        self._put_in_front(found)

    # Scenarios

    def _put_in_front(self, scenario: Scenario | None) -> None:
        assert self.ground is not None
        self.scenario = scenario
        base = self.ground.run.year
        if scenario is not None:
            self.ground = self.ground.on(scenario.parcel_id)
            self.stages = {one.year: as_changes(one) for one in scenario.stages}
        else:
            self.stages = {}
        if not self.stages:
            self.stages = {base + 1: {}}
        self.year = max(self.stages)
        self._show_parcels()
        self.years.show_years(self.stages, self.year)
        self._show_stage()
        self._show_scenarios()

    def _show_scenarios(self) -> None:
        front = self.scenario.id if self.scenario is not None else ""
        self.bar.show_lines(self._scenarios, front)
        self.compare.show_scenarios(self._scenarios)
        count = len(self._scenarios)
        self.tabs.reword(
            "scenarios",
            tr("{word} ({count})", word=tr("Scenarios"), count=count) if count else tr("Scenarios"),
        )

    def place(self) -> Place:
        """With the scenario in front."""
        front = self.scenario.id if self.scenario is not None else ""
        return Place("what_if", self._place.record_id, front)

    def _open(self, key: str) -> None:
        if not self.commit():
            return
        found = next((one.scenario for one in self._scenarios if one.scenario.id == key), None)
        if found is None or self.ground is None:
            return
        self.tabs.show_tab("result")
        if found.run_id != self.ground.run.id:
            self._wanted = key
            self._load(found.run_id)
            return
        self._put_in_front(found)

    def _begin(self) -> None:
        """A new one; it is kept with its first lever. Against the grading that holds now."""
        if self.ground is None or not self.commit():
            return
        self.scenario, self.stages = None, {}
        if self.ground.run.id != self.ground.latest.id:
            self._load(self.ground.latest.id)
            return
        self._put_in_front(None)
        next(iter(self.levers.rows.values())).field.setFocus()

    def _rename(self, name: str) -> None:
        if self.scenario is None:
            return
        key = self.scenario.id
        self.bench.operations.change(
            self,
            lambda ctx: rename_scenario(ctx, scenario_id=key, name=name),
            failure=self.bar.name.refused,
        )

    def _remove(self, key: str) -> None:
        def gone(scenario: Scenario) -> None:
            if self.scenario is not None and self.scenario.id == key:
                self._put_in_front(None)
            self.message.say(
                tr("{name} removed.", name=scenario.name),
                action=tr("Undo"),
                run=lambda: self._back(key),
            )

        self.bench.operations.change(
            self, lambda ctx: remove_scenario(ctx, scenario_id=key), success=gone
        )

    def _back(self, key: str) -> None:
        self.bench.operations.change(self, lambda ctx: bring_scenario_back(ctx, scenario_id=key))

    # Years and parcels

    def _to_year(self, year: int) -> None:
        self.year = year
        self._show_stage()

    def _add_year(self) -> None:
        """The year after the last, beginning with what is set for that."""
        last = max(self.stages)
        self.stages[last + 1] = dict(self.stages[last])
        self.year = last + 1
        self.years.show_years(self.stages, self.year)
        self._show_stage()
        self._settled()

    def _show_parcels(self) -> None:
        assert self.ground is not None
        parcels, at = self.ground.parcels, self.ground.position.parcel
        self.levers.parcel.set_options([(one.key, one.parcel.name) for one in parcels])
        self.levers.parcel.set_value(at.key if at is not None else None)
        show_if(self.levers.parcel, len(parcels) > 1)

    def _parcel_chosen(self, key: str) -> None:
        if self.ground is not None:
            self.ground = self.ground.on(key)
            self._show_stage()
            self._settled()

    # What comes of it

    def _show_stage(self) -> None:
        assert self.ground is not None
        self.levers.show_position(self.ground.position, self.stages[self.year])
        self._present()

    def _moved(self) -> None:
        if self.ground is not None:
            self.stages[self.year] = self.levers.values()
            self._present()

    def _present(self) -> None:
        """Work out all stages and show the one in front."""
        ground = self.ground
        if ground is None:
            return
        now = ground.now
        later: list[tuple[int, Outlook]] = []
        for year in sorted(self.stages):
            try:
                later.append((year, ground.then(as_stage(year, self.stages[year]))))
            except ChangeRefusedError as error:
                if year == self.year:
                    self.levers.refuse(error)
                    return
        self.levers.accept()
        then = next((one for year, one in later if year == self.year), now)
        self.verdict.show_outlook(now, then)
        self.values.show_outlook(ground, now, then)
        self.limits.show_outlook(then)
        self.chart.show_outlooks(ground, now, later)
        self._ask_least()

    def _ask_least(self) -> None:
        if self.ground is not None and self.tabs.current == "least":
            self._seeking.seek(self.ground, self.stages.get(self.year, {}))

    def _take_pair(self, first: str, one: Decimal, second: str, other: Decimal | None) -> None:
        self.levers.put(first, one)
        self.levers.put(second, other)

    # Keeping

    def _settled(self) -> None:
        """A field was left: what is set is kept, under a name of its own at first."""
        if self.ground is None or not self._may_write or self._making:
            return
        self.stages[self.year] = self.levers.values()
        ground, scenario = self.ground, self.scenario
        stages = tuple(as_stage(year, one) for year, one in sorted(self.stages.items()))
        if scenario is None and not any(one.changes for one in stages):
            return
        if scenario is not None and _same(scenario, stages, ground):
            return
        names = {one.scenario.name for one in self._scenarios}
        name = scenario.name if scenario is not None else _fresh(names)
        self._making = scenario is None

        def keep(ctx: Context) -> Scenario:
            return keep_scenario(
                ctx,
                on=ground,
                name=name,
                stages=stages,
                note=scenario.note if scenario is not None else "",
                scenario_id=scenario.id if scenario is not None else None,
            )

        def kept(made: Scenario) -> None:
            self._making = False
            if self.scenario is None or self.scenario.id == made.id:
                self.scenario = made
                # What was typed while it was being made comes after it.
                self._settled()

        def failed(error: KnownError) -> None:
            self._making = False
            if isinstance(error, ChangeRefusedError):
                self.levers.refuse(error)
            else:
                self.message.fail(error)

        self.bench.operations.change(self, keep, success=kept, failure=failed)

    def _leave(self) -> None:
        self.bench.go(Place("enterprise", self._place.record_id))

    def drop(self) -> None:
        """What nobody waits for any more is stopped."""
        self._seeking.drop()


def _same(scenario: Scenario, stages: tuple[Stage, ...], ground: Ground) -> bool:
    at = ground.position.parcel
    return scenario.stages == stages and scenario.parcel_id == (at.key if at is not None else None)


def _fresh(names: set[str]) -> str:
    """The next free name."""
    number = len(names) + 1
    while (name := tr("What-if {number}", number=number)) in names:
        number += 1
    return name
