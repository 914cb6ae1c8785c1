"""预期成效 on paper: where it comes from, places, levers, limits, and all of it on a chart."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from reportlab.platypus import SimpleDocTemplate

from landsteward.app.dossier_plan_view import DossierEffect
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.scenarios import EffectFigure, Placing, PlanEffect, YearPlacing
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.paper import Paper
from landsteward.dossier.sections.effect import effect
from landsteward.dossier.styles import TEXT_HEIGHT, TEXT_WIDTH
from landsteward.dossier.wording import Wording
from tests.helpers.dossier_basics import FONTS, sample_pack
from tests.helpers.pdf_reading import page_texts, squeezed

D = Decimal
TAX = MetricKind(key="tax_per_mu", name="亩均税收", name_en="Tax per mu", unit="万元/亩")


def figure(
    key: str, target: str, *, baseline: str | None, limit: str | None = None
) -> EffectFigure:
    return EffectFigure(
        key=key,
        year=2026,
        baseline=None if baseline is None else D(baseline),
        target=D(target),
        limit=None if limit is None else D(limit),
    )


EFFECT = PlanEffect(
    id="e",
    alternative_id="a",
    scenario_id="s",
    scenario_name="退地<增税>",
    run_id="r",
    base_year=2025,
    scheme_name="示例方案",
    pack_version="2023.1",
    levers=(figure("land_given_up_m2", "6000", baseline="0"),),
    indicators=(
        figure("tax_per_mu", "0.7742", baseline="0.0147"),
        figure("rnd_intensity", "2", baseline="2"),
    ),
    limits=(figure("plot_ratio_min", "1", baseline="0.75", limit="1"),),
    before=Placing(score=D("1.53"), rank=6, of=6, grade="C"),
    after=(YearPlacing(year=2026, placing=Placing(score=D("54.9"), rank=4, of=6, grade="B")),),
    taken_by="p",
    taken_on=date(2026, 11, 25),
)


def test_everything_that_was_taken_over_is_printed() -> None:
    paper = Paper(load_fonts(FONTS), Wording(sample_pack().wording))
    made = DossierEffect(effect=EFFECT, taken_by="顾言", metrics={"tax_per_mu": TAX})
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=(TEXT_WIDTH + 12, TEXT_HEIGHT + 12), invariant=1)
    document.leftMargin = document.rightMargin = 0
    document.build(effect(paper, made))
    text = squeezed("".join(page_texts(out.getvalue())))
    for said in (
        "退地<增税>",
        "2025年亩均效益评价，示例方案，规则包2023.1",
        "6/6C",
        "4/6B",
        "退出土地m²2026年06,000",
        "0.01→0.77",
        "0.75→1.00",
        "目标2026年",
    ):
        assert squeezed(said) in text, said
    assert "研发" not in text, "what does not change is not drawn"
