"""A county's own pack: worked out in a draft, published for a day, kept for what rests on it."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.workspace import open_workspace
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.pack_files import PackEditRefusedError
from landsteward.app.rule_packs import (
    copy_pack,
    discard_draft,
    edit_pack,
    import_pack,
    next_version,
    open_draft,
    pack_texts,
    pack_versions,
    publish_pack,
    resume_draft,
    take_edit_back,
)
from landsteward.domain.errors import InputFileError, KnownError, RefusedMoveError, RulePackError
from landsteward.domain.pack_places import PackChange, differences
from landsteward.domain.pack_versions import PackEdit
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import Severity
from landsteward.packs.files import PackFilesOnDisk
from landsteward.packs.in_workspace import WorkspacePacks
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs
from tests.helpers.office import FIRST_DAY, Office, open_office

FILES = PackFilesOnDisk()
ECOLOGY = "items/ecology.toml"
NOISE = ("items", "noise", "severity")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose packs follow its workspace, as in the window."""
    office = open_office(tmp_path, packs=Packs())
    return replace(office, administrator=following(office.administrator))


def following(ctx: Context) -> Context:
    packs = WorkspacePacks(Packs(), ctx.clock.today)
    packs.follow(ctx.workspace)
    return replace(ctx, packs=packs)


def edit(ctx: Context, place: tuple[str, ...], value: object, file: str = ECOLOGY) -> None:
    edit_pack(ctx, files=FILES, file=file, place=place, value=value)


def publish(ctx: Context, version: str, day: date, changes: str = "县里议定") -> None:
    publish_pack(ctx, files=FILES, version=version, in_force_from=day, changes=changes)


def published(ctx: Context, county: str, version: str, day: date, severity: int) -> Context:
    """The context after a county published a version with that severity for noise."""
    copy_pack(ctx, files=FILES, county=county)
    edit(ctx, NOISE, severity)
    publish(ctx, version, day)
    return following(ctx)


def test_a_draft_changes_nothing_anybody_works_with(office: Office) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    edit(ctx, NOISE, 1)
    ctx = following(ctx)
    assert (ctx.pack().key, ctx.pack().item("noise").severity) == (DEFAULT_PACK, Severity.SERIOUS)
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    pack = FILES.load(draft.now)
    assert (pack.key, pack.name, pack.name_en) == ("示例县", "示例县规则包", "Rule pack 示例县")
    assert pack.item("noise").severity is Severity.MAJOR
    assert "全部依据须按生态环境法典复核后使用" in draft.now[ECOLOGY], "comments stay"


def test_a_version_holds_from_its_day_on_and_old_work_keeps_its_own(office: Office) -> None:
    ctx = office.administrator
    before = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    later = FIRST_DAY + timedelta(days=10)
    ctx = published(ctx, "示例县", "2026.1", later, 1)
    assert ctx.pack().key == DEFAULT_PACK, "not yet"
    office.clock.go_to(later)
    assert (ctx.pack().key, ctx.pack().version) == ("示例县", "2026.1")
    ctx = published(ctx, "示例县", "2026.2", later, 3)
    assert ctx.pack().item("noise").severity is Severity.ORDINARY
    case = ctx.workspace.cases.get(before.id)
    assert ctx.packs.get(case.pack, case.pack_version).item("noise").severity is Severity.SERIOUS
    assert ctx.packs.get("示例县", "2026.1").item("noise").severity is Severity.MAJOR
    assert [one.version for one in pack_versions(ctx)] == ["2026.2", "2026.1"]


def test_another_laptop_finds_the_pack_in_the_workspace(office: Office) -> None:
    ctx = published(office.administrator, "示例县", "2026.1", FIRST_DAY, 1)
    case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    office.workspace.close()
    elsewhere = open_workspace(office.path, read_only=True)
    packs = WorkspacePacks(Packs(), lambda: FIRST_DAY)
    packs.follow(elsewhere)
    kept = elsewhere.cases.get(case.id)
    assert (kept.pack, kept.pack_version) == ("示例县", "2026.1")
    assert packs.get(kept.pack, kept.pack_version).item("noise").severity is Severity.MAJOR
    elsewhere.close()


@pytest.mark.parametrize(
    ("file", "place", "value", "reason"),
    [
        (ECOLOGY, NOISE, 9, "another kind of value"),
        (ECOLOGY, ("items", "noise", "title"), "", "text is empty"),
        (ECOLOGY, ("items", "noise", "bases"), ["no_law 第一条"], "is not in laws.toml"),
        ("pack.toml", ("severities", "1", "deadline_days"), 0, "at least one day"),
        ("rules.toml", ("rules", "large_unphased", "params", "above_mu"), None, "is missing"),
        ("wording.toml", ("common", "per_mu"), "{mu}/亩", "filled in for {mu}"),
        ("laws.toml", ("laws", "noise_pollution"), None, "is not in laws.toml"),
        ("departments.toml", ("departments", "tax"), None, "not in departments.toml"),
    ],
)
def test_a_value_the_pack_cannot_have_is_refused_in_words(
    office: Office, file: str, place: tuple[str, ...], value: object, reason: str
) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    with pytest.raises(PackEditRefusedError) as refused:
        edit(ctx, place, value, file)
    assert reason in str(refused.value.what)
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    assert not [one for one in draft.edits if one.place == place]
    assert not FILES.mistakes(draft.now)


def test_each_change_is_in_the_trail_by_itself_and_can_be_taken_back(office: Office) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    edit(ctx, NOISE, 3)
    edit(ctx, NOISE, 1)
    (row,) = [one for one in _edits(ctx) if one.place == NOISE]
    assert (row.old, row.new) == ("2", "1")
    trail = ctx.workspace.reports.history([row.id])
    assert [(one.actor, one.action) for one in trail] == [("管理员", "change"), ("管理员", "add")]
    assert ctx.workspace.check().ok
    take_edit_back(ctx, files=FILES, edit_id=row.id)
    assert not [one for one in _edits(ctx) if one.place == NOISE]
    edit(ctx, NOISE, 3)
    edit(ctx, NOISE, 2)
    assert not [one for one in _edits(ctx) if one.place == NOISE], "as it was: no change"


def _edits(ctx: Context) -> tuple[PackEdit, ...]:
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    return draft.edits


def test_an_item_of_one_s_own_is_added_edited_and_taken_out_again(office: Office) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    entry = {
        "key": "own_1",
        "title": "屋顶光伏未报备",
        "title_en": "Solar roof not reported",
        "severity": 3,
        "bases": ["bozhou_plan 第17项"],
    }
    edit(ctx, ("items", "own_1"), entry)
    edit(ctx, ("items", "own_1", "unit"), "kW")
    edit(ctx, ("items", "own_1", "maximum"), Decimal("12.50"))
    pack = _draft_pack(ctx)
    item = pack.item("own_1")
    assert (item.department, item.unit, item.maximum) == ("ecology", "kW", Decimal("12.50"))
    assert pack.items[[one.key for one in pack.items].index("own_1") - 1].key == "emergency_plan"
    edit(ctx, ("items", "own_1"), None)
    assert [one.place for one in _edits(ctx)] == [("key",), ("name",), ("name_en",)]
    edit(ctx, ("items", "labels"), None, "items/market.toml")
    assert "labels" not in {one.key for one in _draft_pack(ctx).items}
    take_edit_back(ctx, files=FILES, edit_id=_edits(ctx)[-1].id)
    assert "labels" in {one.key for one in _draft_pack(ctx).items}


def _draft_pack(ctx: Context) -> RulePack:
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    return FILES.load(draft.now)


def test_a_new_edition_of_a_law_follows_the_one_before(office: Office) -> None:
    """A 生态环境法典 adopted in 2026 will end editions that are open today (domain.md §0.3)."""
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    law = ("laws", "noise_pollution", "versions")
    with pytest.raises(PackEditRefusedError, match="in force on the same days"):
        edit(ctx, (*law, "新版"), {"version": "新版", "valid_from": date(2027, 1, 1)}, "laws.toml")
    edit(ctx, (*law, "2021年公布", "valid_to"), date(2026, 12, 31), "laws.toml")
    edit(ctx, (*law, "新版"), {"version": "新版", "valid_from": date(2027, 1, 1)}, "laws.toml")
    found = _draft_pack(ctx).law("noise_pollution")
    editions = [found.version_on(day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [one and one.version for one in editions] == ["2021年公布", "新版"]


@pytest.mark.parametrize(
    ("version", "day", "changes", "reason"),
    [
        ("2026.1", FIRST_DAY - timedelta(days=1), "x", "from today or later"),
        ("2026.1", FIRST_DAY, " ", "Say what changed"),
        ("../x", FIRST_DAY, "x", "dots and hyphens"),
        ("", FIRST_DAY, "x", "text is empty"),
    ],
)
def test_what_cannot_be_published_is_refused_and_leaves_the_draft(
    office: Office, version: str, day: date, changes: str, reason: str
) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    before = open_draft(ctx, files=FILES)
    with pytest.raises(KnownError, match=reason):
        publish(ctx, version, day, changes)
    assert open_draft(ctx, files=FILES) == before
    assert not pack_versions(ctx)


def test_a_version_s_name_is_used_once_and_days_do_not_go_back(office: Office) -> None:
    later = FIRST_DAY + timedelta(days=30)
    ctx = published(office.administrator, "示例县", "2026.1", later, 1)
    assert next_version(ctx, key="示例县") == "2026.2"
    office.clock.go_to(later)
    copy_pack(ctx, files=FILES, county="示例县")
    with pytest.raises(RefusedMoveError, match=r"2026\.1 already"):
        publish(ctx, "2026.1", later)
    office.clock.go_to(FIRST_DAY)
    with pytest.raises(RefusedMoveError, match="holds from"):
        publish(ctx, "2026.2", FIRST_DAY)


def test_only_an_administrator_changes_rules(office: Office) -> None:
    for other in office.everybody:
        if other.actor.role is not office.administrator.actor.role:
            with pytest.raises(RefusedMoveError, match="role"):
                copy_pack(other, files=FILES, county="示例县")
            with pytest.raises(RefusedMoveError, match="role"):
                publish(other, "2026.1", FIRST_DAY)
    copy_pack(office.administrator, files=FILES, county="示例县")
    with pytest.raises(RefusedMoveError, match="role"):
        edit(office.land_lead, NOISE, 1)
    with pytest.raises(RefusedMoveError, match="role"):
        discard_draft(office.land_lead)


def test_a_discarded_draft_can_be_taken_up_again(office: Office) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    edit(ctx, NOISE, 1)
    with pytest.raises(RefusedMoveError, match="draft already"):
        copy_pack(ctx, files=FILES, county="另一县")
    discard_draft(ctx)
    assert open_draft(ctx, files=FILES) is None
    resume_draft(ctx)
    assert _draft_pack(ctx).item("noise").severity is Severity.MAJOR
    discard_draft(ctx)
    published(ctx, "示例县", "2026.1", FIRST_DAY, 3)
    with pytest.raises(RefusedMoveError, match="no such draft"):
        resume_draft(ctx)


@pytest.mark.parametrize("name", ["pack", "pack.zip"])
def test_what_is_exported_is_imported_as_it_was(office: Office, tmp_path: Path, name: str) -> None:
    ctx = published(office.administrator, "示例县", "2026.1", FIRST_DAY, 1)
    texts = pack_texts(ctx, files=FILES, key="示例县", version="2026.1")
    FILES.write(texts, tmp_path / name)
    with pytest.raises(KnownError, match="cannot be written"):
        FILES.write(texts, tmp_path / name)
    again = FILES.taken_from(tmp_path / name)
    assert again == texts
    import_pack(ctx, files=FILES, texts=again, origin=name)
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    assert (draft.draft.county, draft.edits) == ("示例县", ())
    assert not differences(FILES.tables(texts), FILES.tables(draft.now))


def test_an_import_with_mistakes_names_them_and_begins_nothing(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(RULES / DEFAULT_PACK, folder)
    (folder / "pack.toml").write_text(
        (folder / "pack.toml").read_text("utf-8").replace("= 15", "= 0"), "utf-8"
    )
    texts = FILES.taken_from(folder)
    with pytest.raises(RulePackError, match="at least one day"):
        import_pack(office.administrator, files=FILES, texts=texts, origin="spoilt")
    assert open_draft(office.administrator, files=FILES) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all" * 50])
def test_what_is_no_pack_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    for name in ("x.zip", "", "nowhere"):
        with pytest.raises(InputFileError, match="no rule pack"):
            FILES.taken_from(tmp_path / name)


def test_two_versions_are_compared_value_by_value(office: Office) -> None:
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="示例县")
    edit(ctx, NOISE, 1)
    edit(ctx, ("items", "labels"), None, "items/market.toml")
    edit(ctx, ("departments", "tax", "on"), True, "departments.toml")
    draft = open_draft(ctx, files=FILES)
    assert draft is not None
    found = differences(FILES.tables(draft.before), FILES.tables(draft.now))
    told = {(one.file, one.place): (one.old, one.new) for one in found}
    assert told[ECOLOGY, NOISE] == (2, 1)
    assert told["departments.toml", ("departments", "tax", "on")] == (False, True)
    gone = told["items/market.toml", ("items", "labels")]
    assert (gone[0]["title"], gone[1]) == ("产品标识不符合要求", None)
    assert len(told) == 6, "and key, name and English name"
    assert not differences(FILES.tables(draft.now), FILES.tables(draft.now))


def test_a_whole_file_more_or_less_is_told_entry_by_entry() -> None:
    one = {"x.toml": {"things": [{"key": "a"}, {"key": "b"}], "size": 3}}
    assert differences({}, one) == (
        PackChange(file="x.toml", place=("things", "a"), old=None, new={"key": "a"}),
        PackChange(file="x.toml", place=("things", "b"), old=None, new={"key": "b"}),
        PackChange(file="x.toml", place=("size",), old=None, new=3),
    )


def test_nothing_published_can_be_changed(office: Office) -> None:
    ctx = published(office.administrator, "示例县", "2026.1", FIRST_DAY, 1)
    (version,) = pack_versions(ctx)
    with pytest.raises(Exception, match="nothing here may be"), ctx.change():
        ctx.workspace.pack_versions.save(replace(version, version="2027.1"))
    assert json.loads(ctx.workspace.blobs.get(version.sha256))["pack.toml"]


def test_a_county_sets_what_a_way_out_leaves_to_it(office: Office) -> None:
    """The least area and the largest share of a part, who decides, how long a step takes."""
    ctx = office.administrator
    copy_pack(ctx, files=FILES, county="利辛县")
    way = ("paths", "split_transfer")
    size = (*way, "conditions", "size", "params")
    for place, value in (
        ((*size, "min_mu"), Decimal(10)),
        ((*size, "max_percent"), Decimal(40)),
        ((*way, "office"), "利辛县人民政府"),
        ((*way, "steps", "#1", "days"), 20),
    ):
        edit(ctx, place, value, "paths.toml")
    path = next(one for one in _draft_pack(ctx).paths if one.key == "split_transfer")
    params = next(one.params for one in path.conditions if one.key == "size")
    assert params == {"min_mu": Decimal(10), "max_percent": Decimal(40)}
    assert (path.office, path.steps[0].days) == ("利辛县人民政府", 20)
    with pytest.raises(PackEditRefusedError):
        edit(ctx, (*size, "min_mu"), Decimal(-1), "paths.toml")
