"""Mistakes in `grading.toml`, each with file, line and key; and what the shipped schemes say."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.domain.grading.scheme import BaselineFrom, Method, Missing, Together
from landsteward.domain.states import Scale
from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be spoilt."""
    return Path(shutil.copytree(RULES / DEFAULT_PACK, tmp_path / DEFAULT_PACK))


def edit(folder: Path, old: str, new: str, name: str = "grading.toml") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    return caught.value.mistakes


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("weight = 30", "weight = 29", "schemes[0].groups[0].indicators", "add up to 99"),
        ("weight = 30", "weight = -30", "schemes[0].groups[0].indicators[0].weight", "more than"),
        ("weight = 30", "wait = 30", "schemes[0].groups[0].indicators[0].wait", "not known here"),
        ('"rnd_intensity"', '"tax_per_mu"', "schemes[0].groups[0].indicators[3].metric", "twice"),
        ('"rnd_intensity"', '"luck"', "schemes[0].groups[0].indicators[3].metric", "no indicator"),
        ('scale = "below"', 'scale = "above"', "schemes[0].groups", "one group for below"),
        ('method = "baseline"', 'method = "dice"', "schemes[0].method", "Invalid enum"),
        (
            'method = "baseline"',
            'method = "range"',
            "schemes[0].groups[0].indicators[0].cap",
            "no such term",
        ),
        ("cap = 1.5", "cap = 0", "schemes[0].groups[0].indicators[0].cap", "above the floor"),
        ("cap = 1.5", "baseline = 3", "schemes[0].groups[0].indicators[0].baseline", "only with"),
        (
            'baseline_from = "total", cap',
            'baseline_from = "given", cap',
            "schemes[0].groups[0].indicators[0].baseline_from",
            "no baseline is given",
        ),
        (
            'baseline_from = "total", cap',
            'baseline_from = "given", baseline = -1, cap',
            "schemes[0].groups[0].indicators[0].baseline",
            "more than nothing",
        ),
        ("percent = 45", "percent = 44", "schemes[0].shares", "add up to 99"),
        ('{ grade = "B"', '{ grade = "A"', "schemes[0].shares[1].grade", "named once"),
        ('at_most = "D"', 'at_most = "E"', "schemes[0].vetoes[0].at_most", "no grade E"),
        ('key = "environment"', 'key = "safety"', "schemes[0].vetoes[1].key", "used twice"),
        ("notice_days = 5", "notice_days = 0", "schemes[0].notice_days", "at least one day"),
        ("score = 2", "score = 99", "schemes[0].places.score", "from 0 to 12"),
        ("threshold_wan = 2000", "threshold_wan = -1", "schemes[0].scope.threshold_wan", "less"),
        (
            'excluded_industries = ["D"]',
            'excluded_industries = ["电力"]',
            "schemes[0].scope.excluded_industries[0]",
            "GB/T 4754",
        ),
        ("span = 80", "span = 0", "schemes[1].spread", "rise with the value"),
        ('key = "sample_range"', 'key = "sample_ratio"', "schemes[1].key", "used twice"),
        ("notice_days = 5", "bonus_least = 2\nbonus_most = 1", "schemes[0].bonus_least", "above"),
    ],
)
def test_each_mistake_is_named(folder: Path, old: str, new: str, key: str, reason: str) -> None:
    edit(folder, old, new)
    found = [one for one in mistakes(folder) if one.key == key and reason in str(one.reason)]
    assert found, [(one.key, str(one.reason)) for one in mistakes(folder)]
    assert found[0].file == "grading.toml"
    assert found[0].line is not None


def test_a_baseline_may_be_that_of_the_countys_metrics(folder: Path) -> None:
    """12 for those above the threshold, written in metrics.toml, is kept with the scheme."""
    edit(folder, 'unit = "万元/亩"', 'unit = "万元/亩"\nbaseline_above = 12', "metrics.toml")
    edit(folder, 'baseline_from = "total", cap', 'baseline_from = "given", cap')
    tax = load_pack(folder).gradings[0].group(Scale.ABOVE).indicators[0]
    assert (tax.baseline_from, tax.baseline) == (BaselineFrom.GIVEN, Decimal(12))


def test_the_shipped_schemes_are_named_as_samples_and_veto_nothing() -> None:
    """Bozhou's own weights were not found: what comes along says that it is a sample."""
    ratio, spread = Packs().current().gradings
    assert (ratio.method, spread.method) == (Method.BASELINE, Method.RANGE)
    for one in (ratio, spread):
        assert "样例" in one.name
        assert "Sample" in one.name_en
        assert one.source
        assert not any(veto.on for veto in one.vetoes), "off until a county turns one on"
        assert one.missing is Missing.UNRANKED
        assert one.scope.together is Together.APART
        assert one.scope.threshold_wan == 2000
        assert one.scope.below_least_mu == 5
        assert [share.percent for share in one.shares] == [20, 45, 30, 5]
        assert one.notice_days == 5
    weights = [one.weight for one in ratio.group(Scale.ABOVE).indicators]
    assert weights == [30, 20, 20, 10, 10, 10]
    assert len(ratio.vetoes) == 6
