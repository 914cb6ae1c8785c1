"""预期成效 of the alternative in front: taken from a what-if, with its chart and its source."""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.plan_reading import PlanSheet
from landsteward.app.scenarios import (
    ScenarioLine,
    effect_of,
    remove_effect,
    scenarios_of,
    stale,
    take_into_plan,
)
from landsteward.app.what_if_wording import (
    bounded_unit,
    bounded_word,
    lever_word,
    placing_words,
    plain,
    unit_word,
)
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.scenarios import EffectFigure, PlanEffect
from landsteward.domain.text import Message
from ui import formats
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.pages.grading.words import metric_name
from ui.pages.register.indicators import unit_word as metric_unit
from ui.widgets.basics import Card, box, button, column, label, row, show_if
from ui.widgets.callout import Refusal
from ui.widgets.change_chart import ChangeChart, ChangeLine
from ui.widgets.fields import ChoiceField
from ui.workbench import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectData:
    """The scenarios of the case's enterprise, and what each alternative took over, by its key;
    `stale` says of an effect's grading why it is not the latest word.
    """

    enterprise_id: str
    scenarios: tuple[ScenarioLine, ...]
    effects: dict[str, PlanEffect]
    stale: dict[str, Message | None]


def read_effects(ctx: Context, *, case_id: str, sheet: PlanSheet | None) -> EffectData:
    """What the card shows, on the database thread."""
    enterprise_id = ctx.workspace.cases.get(case_id).enterprise_id or ""
    effects = {
        one.alternative.id: found
        for one in (sheet.alternatives if sheet is not None else ())
        if (found := effect_of(ctx, alternative_id=one.alternative.id)) is not None
    }
    return EffectData(
        enterprise_id=enterprise_id,
        scenarios=scenarios_of(ctx, enterprise_id=enterprise_id) if enterprise_id else (),
        effects=effects,
        stale={
            one.run_id: stale(ctx, enterprise_id=enterprise_id, run_id=one.run_id)
            for one in effects.values()
        },
    )


class EffectCard(Card):
    """What the plan should bring, against the field of its grading."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Expected effect"), margin=16, gap=8)
        self._work = work
        self._alternative_id = self._enterprise_id = ""
        self._effect: PlanEffect | None = None
        self.about = label("", "dim", wrap=True)
        self.placings = label("", wrap=True)
        self.levers = label("", "dim", wrap=True)
        self.stale = label("", "caution", wrap=True)
        self.chart = ChangeChart()
        for one in (self.about, self.placings, self.levers, self.stale, self.chart):
            self.add(one)
        self.choice = ChoiceField(tr("From the what-if"))
        self.error = Refusal()
        self.take = button(tr("Take over"), "small", self._take, changing=True)
        self.out = button(tr("Take out"), "small", self._out, changing=True)
        self.to_page = button(tr("What-if"), "small", self._go)
        self._form = box(
            column(row(self.choice, 1), row(self.take, self.out, self.to_page, self.error, 1))
        )
        self.add(self._form)

    def present(
        self, head: CaseHead, alternative_id: str, data: EffectData, *, fixed: bool
    ) -> None:
        """Show what this alternative took over."""
        self._alternative_id, self._enterprise_id = alternative_id, data.enterprise_id
        effect = self._effect = data.effects.get(alternative_id)
        show_if(self, bool(data.enterprise_id) and (effect is not None or not fixed))
        for one in (self.placings, self.levers, self.chart):
            show_if(one, effect is not None)
        why = data.stale.get(effect.run_id) if effect is not None else None
        self.stale.setText(
            tr("Not the latest word: {why}.", why=render(why)) if why is not None else ""
        )
        show_if(self.stale, why is not None)
        self.about.setText(
            tr("What the steps should bring is worked out in a what-if and taken over here.")
            if effect is None
            else tr(
                "From “{name}”, held against the grading of {year}, {scheme}, rules {version}.",
                name=effect.scenario_name,
                year=effect.base_year,
                scheme=effect.scheme_name,
                version=effect.pack_version,
            )
        )
        if effect is not None:
            self._show(head.pack.metrics, effect)
        self.choice.set_options([(one.scenario.id, one.scenario.name) for one in data.scenarios])
        if self.choice.value() is None and data.scenarios:
            self.choice.set_value(data.scenarios[-1].scenario.id)
        show_if(self._form, not fixed)
        show_if(self.choice, bool(data.scenarios))
        show_if(self.take, bool(data.scenarios))
        show_if(self.out, effect is not None)

    def _show(self, metrics: tuple[MetricKind, ...], effect: PlanEffect) -> None:
        lines = [f"{effect.base_year}  {placing_words(effect.before)}"]
        lines += [f"{one.year}  {placing_words(one.placing)}" for one in effect.after]
        self.placings.setText("\n".join(lines))
        self.levers.setText(tr("; ").join(_lever(one) for one in effect.levers))
        self.chart.show_lines(effect.base_year, effect_lines(metrics, effect))

    def _take(self) -> None:
        scenario_id, alternative_id = self.choice.value(), self._alternative_id
        if scenario_id:
            self._work.change(
                self,
                lambda ctx: take_into_plan(
                    ctx, alternative_id=alternative_id, scenario_id=scenario_id
                ),
                error=self.error,
            )

    def _out(self) -> None:
        if self._effect is not None:
            key = self._effect.id
            self._work.change(self, lambda ctx: remove_effect(ctx, effect_id=key), error=self.error)

    def _go(self) -> None:
        self._work.bench.go(Place("what_if", self._enterprise_id, self.choice.value() or ""))


def _lever(one: EffectFigure) -> str:
    return tr(
        "{year}: {lever} {before} → {after}",
        year=one.year,
        lever=formats.named(lever_word(one.key), unit_word(one.key)),
        before=plain(one.baseline),
        after=plain(one.target),
    )


def effect_lines(metrics: tuple[MetricKind, ...], effect: PlanEffect) -> list[ChangeLine]:
    """The figures that change, and the limited ones, a line for each."""
    found = []
    for figures, limited in ((effect.indicators, False), (effect.limits, True)):
        for key in dict.fromkeys(one.key for one in figures):
            own = [one for one in figures if one.key == key]
            if not limited and all(one.baseline == one.target for one in own):
                continue
            unit = next((one.unit for one in metrics if one.key == key), "")
            found.append(
                ChangeLine(
                    name=bounded_word(key) if limited else metric_name(metrics, key),
                    unit=bounded_unit(key) if limited else metric_unit(unit),
                    now=own[0].baseline,
                    then=tuple((one.year, one.target) for one in own if one.target is not None),
                    mark=own[-1].limit,
                    mark_word=tr("limit") if own[-1].limit is not None else "",
                )
            )
    return found
