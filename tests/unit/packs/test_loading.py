"""Mistakes in a pack's files: each named with file, line and key, all of them at once."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.domain.errors import RulePackError
from landsteward.domain.states import Scale
from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be spoilt."""
    return Path(shutil.copytree(RULES / DEFAULT_PACK, tmp_path / DEFAULT_PACK))


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the first occurrence of a text in a file of the copy."""

    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackMistakesError) as caught:
        load_pack(folder)
    assert isinstance(caught.value, RulePackError)
    for mistake in caught.value.mistakes:
        assert mistake.place in caught.value.where
        assert str(mistake.reason) in str(caught.value)
    return caught.value.mistakes


def test_the_copy_is_fine_as_it_is(folder: Path) -> None:
    assert load_pack(folder).key == DEFAULT_PACK


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "reason"),
    [
        ("pack.toml", "case_code =", "casecode =", "numbering.casecode", "not known here"),
        ("pack.toml", "case_code =", "casecode =", "numbering.case_code", "missing"),
        ("pack.toml", "level = 4", "level = 3", "severities[3].level", "twice"),
        ("pack.toml", "level = 4", "level = 3", "severities", "level 4 is missing"),
        ("pack.toml", "level = 4", "level = 5", "severities[3].level", "Invalid enum"),
        ("evidence.toml", "ask_above_mb = 200", "", "ask_above_mb", "missing"),
        ("evidence.toml", "= 60", "= 0", "clock_ahead_minutes", "above 0"),
        ("evidence.toml", "= 1000", '= "1 km"', "far_from_parcel_m", "another kind"),
        ("evidence.toml", "clock_behind", "clock_behnd", "clock_behnd_days", "not known here"),
        ("pack.toml", "= 15", "= 0", "severities[0].deadline_days", "at least one day"),
        (
            "follow_up.toml",
            "near_days = 7 ",
            "near_days = -1 ",
            "colours.near_days",
            "not negative",
        ),
        (
            "follow_up.toml",
            "stuck_behind_points = 20",
            "stuck_behind_points = 5",
            "colours.stuck_behind_points",
            "not less than behind_points",
        ),
        ("rules.toml", '["suspended_1y"]', '["suspended"]', "rules[2].items[0]", "no checklist"),
        ("findings.toml", "= 15", "= 0", "objections.answer_days", "at least one day"),
        ("findings.toml", '"体检抄"', '"体检移"', "slips[1].code", "series of its own"),
        ("findings.toml", '"体检移"', '"案卷"', "slips[0].code", "series of its own"),
        ("findings.toml", '"体检移"', '" "', "slips[0].code", "text is empty"),
        ("findings.toml", 'kind = "notice"', 'kind = "transfer"', "slips[1].kind", "twice"),
        ("findings.toml", '"suspended_1y"', '"stopped"', "categories[0].items[2]", "no checklist"),
        ("findings.toml", '["ecology"]', '["sea"]', "categories[4].departments[0]", "not in"),
        ("findings.toml", 'key = "funding"', 'key = "other"', "root_causes[10].key", "used twice"),
        ("departments.toml", '"ecology"', '"market"', "departments[2].key", "used twice"),
        ("departments.toml", '"ecology"', '"Ecology"', "departments[1].key", "lower-case"),
        ("departments.toml", "\non = true", "\non = 1", "departments[0].on", "Expected `bool`"),
        ("laws.toml", 'key = "eia"', 'key = "idle_land"', "laws[10].key", "used twice"),
        (
            "laws.toml",
            "valid_from = 2012-07-01 }",
            "valid_from = 2012-07-01, valid_to = 2012-06-30 }",
            "laws[4].versions[0].valid_from",
            "after valid_to",
        ),
        (
            "laws.toml",
            "valid_from = 2012-07-01 }]",
            'valid_from = 2012-07-01 }, { version = "新版" }]',
            "laws[4].versions[1]",
            "in force on the same days",
        ),
        (
            "laws.toml",
            '[{ version = "2018年修正" }]',
            "[]",
            "laws[10].versions",
            "at least one version",
        ),
        ("items/market.toml", '"market"', '"sport"', "department", "not in departments.toml"),
        ("items/market.toml", "severity = 1", "severity = 9", "items[0].severity", "Invalid enum"),
        ("items/market.toml", "severity = 1\n", "", "items[0].severity", "missing"),
        ("items/market.toml", "demand =", "damand =", "items[0].damand", "not known here"),
        (
            "items/market.toml",
            "market_registration 第四十三条",
            "market_registraton 第四十三条",
            "items[0].bases[0]",
            "not in laws.toml",
        ),
        (
            "items/market.toml",
            "market_registration 第四十三条",
            "market_registration",
            "items[0].bases[0].article",
            "text is empty",
        ),
        (
            "items/market.toml",
            '"market_registration 第四十三条"',
            '{ law = "company", article = "第一条", versions = ["1993"] }',
            "items[0].bases[0]",
            "no version 1993",
        ),
        (
            "items/market.toml",
            '["market_registration 第四十三条"]',
            "[]",
            "items[0].bases",
            "at least one basis",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "start_overdue_2y", answers = ["problem"]',
            "items[1].follows.item",
            "cannot follow from itself",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "grade_d", answers = ["problem"]',
            "items[1].follows.item",
            "not in this file",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "suspended_1y", answers = ["problem"]',
            "items[1].follows.item",
            "must stand before it",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "start_overdue_1y", answers = []',
            "items[1].follows.answers",
            "at least one answer",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "start_overdue_1y", answers = ["bad"]',
            "items[1].follows.answers[0]",
            "Invalid enum",
        ),
        (
            "items/natural_resources.toml",
            'item = "start_overdue_1y", answers = ["problem"]',
            'item = "start_overdue_1y", answer = ["problem"]',
            "items[1].follows.answer",
            "not known here",
        ),
        (
            "items/natural_resources.toml",
            'answers = ["ok", "not_applicable"]',
            'answers = ["ok", "problem", "not_applicable"]',
            "items[2].follows.answers",
            "after every answer",
        ),
        (
            "items/natural_resources.toml",
            '"plot_ratio_min"',
            '"plot_ratio_least"',
            "items[10].limit_from",
            "no contract has a term",
        ),
        (
            "items/natural_resources.toml",
            "minimum = 40",
            "minimum = 40\nmaximum = 30",
            "items[11].minimum",
            "above the maximum",
        ),
        (
            "rules.toml",
            'predicate = "large_unphased"',
            'predicate = "huge"',
            "rules[3].predicate",
            "no predicate huge",
        ),
        (
            "rules.toml",
            "above_mu = 100",
            "over_mu = 100",
            "rules[3].params.above_mu",
            "this parameter is missing",
        ),
        (
            "rules.toml",
            "above_mu = 100",
            "above_mu = 100\nover_mu = 100",
            "rules[3].params.over_mu",
            "no such parameter",
        ),
        (
            "rules.toml",
            "no_agreed_start =",
            "no_start =",
            "rules[0].extra_bases.no_start",
            "no such group",
        ),
        ("rules.toml", "at_least = 2", "at_least = 1", "rules[0].levels[1].at_least", "rise"),
        (
            "rules.toml",
            "severity = 1",
            "severity = 3",
            "rules[0].levels[1].severity",
            "less severe",
        ),
        (
            "rules.toml",
            'department = "natural_resources"',
            'department = "land"',
            "rules[0].department",
            "not in departments.toml",
        ),
        (
            "rules.toml",
            '"idle_land 第十二条"',
            '"idleland 第十二条"',
            "rules[2].levels[0].bases[1]",
            "not in laws.toml",
        ),
        ("paths.toml", '"mixed_use"', '"phased_supply"', "paths[13].key", "used twice"),
        ("paths.toml", '"idle_land 第十二条"', '"x 第一条"', "paths[9].bases[0]", "not in laws"),
        ("metrics.toml", 'unit = "%"', "unit = 3", "metrics[4].unit", "Expected `str`"),
        ("metrics.toml", "[[metrics]]", "[[metric]]", "metric", "not known here"),
        ("wording.toml", '"卷内目录"', "3", "titles.contents", "a text is expected"),
        ("wording.toml", "contents =", "content =", "titles.content", "has no such text"),
        (
            "wording.toml",
            "{wan}/亩",
            "{wans}/亩",
            "common.per_mu",
            "filled in for {wans}",
        ),
        ("wording.toml", "{wan}/亩", "{wan.x}/亩", "common.per_mu", "is filled in for {wan.x}"),
        ("wording.toml", "{wan}/亩", "{wan/亩", "common.per_mu", "that has no partner"),
        ("pack.toml", "2023.1", "../2023", "version", "dots and hyphens"),
        ("pack.toml", "= 15", "= 4000", "severities[0].deadline_days", "at most 3650 days"),
        ("pack.toml", '= "案卷"', '= "体检"', "numbering.dossier_code", "has the same 代字"),
        ("pack.toml", '= "案卷"', '= " "', "numbering.dossier_code", "text is empty"),
        ("rules.toml", "above_mu = 100", "above_mu = nan", "rules[3].params.above_mu", "a figure"),
        ("items/market.toml", '"未经登记从事经营活动"', '""', "items[0].title", "text is empty"),
    ],
)
def test_each_kind_of_mistake_names_its_file_key_and_reason(
    folder: Path, edit: Edit, file: str, old: str, new: str, key: str, reason: str
) -> None:
    edit(file, old, new)
    found = {mistake.key: mistake for mistake in mistakes(folder) if mistake.file == file}
    assert key in found, found
    assert reason in str(found[key].reason)


def test_the_line_is_named_where_the_key_stands(folder: Path, edit: Edit) -> None:
    edit("rules.toml", "above_mu = 100", "above_mu = 100\nover_mu = 100")
    lines = (folder / "rules.toml").read_text(encoding="utf-8").splitlines()
    (mistake,) = mistakes(folder)
    assert mistake.line is not None
    assert lines[mistake.line - 1] == "over_mu = 100"
    assert mistake.place == f"rules.toml:{mistake.line} rules[3].params.over_mu"


def test_the_line_of_a_nested_list_is_its_own_entry_s(folder: Path, edit: Edit) -> None:
    edit("rules.toml", "severity = 1", "severity = 3")
    lines = (folder / "rules.toml").read_text(encoding="utf-8").splitlines()
    (mistake,) = mistakes(folder)
    assert mistake.line is not None
    assert lines[mistake.line - 1] == "severity = 3"


def test_all_mistakes_are_told_at_once(folder: Path, edit: Edit) -> None:
    edit("pack.toml", "= 15", "= 0")
    edit("rules.toml", "above_mu", "over_mu")
    edit("items/ecology.toml", 'key = "noise"', 'key = "emergency_plan"')
    edit("items/tax.toml", "severity = 3", 'severity = "3"')
    files = {mistake.file for mistake in mistakes(folder)}
    assert files == {"pack.toml", "rules.toml", "items/ecology.toml", "items/tax.toml"}


def test_several_mistakes_of_one_entry_are_all_told(folder: Path, edit: Edit) -> None:
    edit("departments.toml", 'name = "自然资源和规划局"', "name = 1")
    edit("departments.toml", 'short_name = "自然资源"', "short = 2")
    keys = {mistake.key for mistake in mistakes(folder) if mistake.file == "departments.toml"}
    prefix = "departments[0]"
    assert keys == {f"{prefix}.name", f"{prefix}.short", f"{prefix}.short_name"}


@pytest.mark.parametrize(
    "name", ["pack.toml", "laws.toml", "rules.toml", "evidence.toml", "wording.toml"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    missing = {m.file for m in mistakes(folder) if "the file is missing" in str(m.reason)}
    assert missing == {name}


def test_a_file_that_nobody_reads_is_named(folder: Path) -> None:
    (folder / "law.toml").write_text("", encoding="utf-8")
    (folder / "items" / "land.toml").write_text('department = "market"\n', encoding="utf-8")
    (folder / "earlier").mkdir()
    (folder / "earlier" / "law.toml").write_text("", encoding="utf-8")
    (mistake,) = mistakes(folder)
    assert (mistake.file, str(mistake.reason)) == (
        "law.toml",
        "the program reads no file of this name",
    )


def test_a_text_that_is_left_out_is_the_program_s_own(folder: Path, edit: Edit) -> None:
    edit("wording.toml", 'contents = "卷内目录"\n', "")
    edit("wording.toml", "问题清单", "存在问题")
    wording = load_pack(folder).wording
    assert (wording["titles.contents"], wording["titles.findings"]) == ("卷内目录", "存在问题")


def test_a_pack_without_checklists_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "items")
    (mistake,) = mistakes(folder)
    assert (mistake.file, str(mistake.reason)) == ("items/", "there is no checklist")


def test_a_county_sets_its_baselines_for_either_scale(folder: Path, edit: Edit) -> None:
    (tax, *_rest) = load_pack(folder).metrics
    assert tax.baseline(Scale.ABOVE) is None
    edit("metrics.toml", 'unit = "万元/亩"', 'unit = "万元/亩"\nbaseline_above = 12.5')
    (tax, *_rest) = load_pack(folder).metrics
    assert (tax.baseline(Scale.ABOVE), tax.baseline(Scale.BELOW)) == (Decimal("12.5"), None)
    assert tax.baseline(None) is None, "above and below the threshold are ranked apart"


def test_broken_toml_is_refused_with_its_line(folder: Path, edit: Edit) -> None:
    edit("metrics.toml", 'unit = "%"', 'unit = "%')
    (mistake,) = mistakes(folder)
    assert mistake.file == "metrics.toml"
    assert "not valid TOML" in str(mistake.reason)
    assert "line" in str(mistake.reason)


def test_another_encoding_is_refused_in_words(folder: Path) -> None:
    path = folder / "metrics.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    (mistake,) = mistakes(folder)
    assert str(mistake.reason) == "the file is not UTF-8 text"


def test_two_editions_one_after_the_other_are_fine(folder: Path, edit: Edit) -> None:
    edit(
        "laws.toml",
        'versions = [{ version = "国土资源部令第53号", valid_from = 2012-07-01 }]',
        'versions = [{ version = "国土资源部令第53号", valid_from = 2012-07-01, '
        'valid_to = 2027-12-31 }, { version = "新版", valid_from = 2028-01-01 }]',
    )
    assert len(load_pack(folder).law("idle_land").versions) == 2
