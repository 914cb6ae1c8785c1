"""What one person sees of a file, asked of every question there is over two firms' worlds."""

import inspect
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.narrowed import views
from db.record_stores import RecordStores
from db.workspace import SqlWorkspace, open_workspace
from landsteward.app.access import set_access
from landsteward.app.conflicts import declare_conflicts
from landsteward.app.context import Context
from landsteward.app.engagements import engage_firm
from landsteward.app.evidence import add_evidence
from landsteward.app.listed import listed_rows
from landsteward.app.occupancies import record_occupancy
from landsteward.app.people import add_organisation, add_person
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    edit_enterprise,
    record_supply,
    record_year,
)
from landsteward.app.views import RESTRICTED_CELL, ListFilter, ListKind, Sort
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.permissions import Sees
from landsteward.domain.sight import Access, Restricted
from landsteward.domain.states import OrganisationKind, Role
from tests.helpers.casework import rectifying
from tests.helpers.office import Office, SteppingClock, credit_code, open_office
from tests.helpers.rule_packs import LAND

_NAME = "另一家化工有限公司"
_SHARED = frozenset(
    {
        "organisations",
        "people",
        "campaigns",
        "grading_runs",
        "import_batches",
        "pack_drafts",
        "pack_edits",
        "pack_versions",
        "plan_templates",
        "picture_copies",
    }
)
"""What everybody sees; everything else belongs to an enterprise."""


class Worlds:
    """An office whose firm works for one enterprise, and another firm at work for another one."""

    def __init__(self, folder: Path) -> None:
        office = open_office(folder)
        keys = [one.key for one in office.reader.pack().items if one.department == LAND][:1]
        self.office = office
        self.mine = rectifying(office, *keys)[0]
        before = self._keys()
        self.other = self._another(office)
        self.theirs = rectifying(self.other, *keys)[0]
        add_evidence(
            self.other.land_inspector,
            case_id=self.theirs.id,
            file_name="别家.pdf",
            content=b"another",
        )
        self.foreign = self._keys() - before
        """Keys of everything that came with the other enterprise and is not shared."""

    def _keys(self) -> set[str]:
        space = self.office.administrator.workspace
        return {
            record.id
            for store in RecordStores.__annotations__
            if store not in _SHARED
            for record in getattr(space, store).where()
        }

    def _another(self, office: Office) -> Office:
        desk = office.administrator
        zone = add_organisation(desk, kind=OrganisationKind.CARRIER, name="另一园区").id
        firm = add_organisation(desk, kind=OrganisationKind.SERVICE_FIRM, name="另一事务所").id

        def person(at: str, name: str, role: Role) -> Context:
            return desk.as_person(add_person(desk, organisation_id=at, name=name, role=role))

        carrier = person(zone, "乙专员", Role.CARRIER_OFFICER)
        consultant = person(firm, "乙顾问", Role.CONSULTANT)
        enterprise = add_enterprise(
            carrier, name=_NAME, uscc=credit_code("91341699MA8EXB02"), phone="0558-7654321"
        )
        parcel = add_parcel(carrier, name="另一地块", location="另一路2号")
        record_supply(
            carrier, parcel_id=parcel.id, holder_id=enterprise.id, electronic_no="3416992022B00099"
        )
        record_occupancy(carrier, parcel_id=parcel.id, enterprise_id=enterprise.id)
        record_year(carrier, enterprise_id=enterprise.id, year=2025)
        engaged = engage_firm(carrier, firm_id=firm, carrier_id=zone)
        declare_conflicts(consultant, engagement_id=engaged.id, enterprise_ids=[enterprise.id])
        return replace(
            office, enterprise=enterprise, parcel=parcel, carrier=carrier, consultant=consultant
        )


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    made = Worlds(tmp_path_factory.mktemp("worlds"))
    yield made
    made.office.workspace.close()


def _connection(worlds: Worlds) -> Any:
    assert isinstance(worlds.office.workspace, SqlWorkspace)
    return worlds.office.workspace._session.conn


class _TakenBackError(Exception):
    """Ends a change that is not to last."""


@contextmanager
def _taken_back(ctx: Context) -> Iterator[None]:
    """What is changed inside is gone afterwards."""
    with suppress(_TakenBackError), ctx.change():
        yield
        raise _TakenBackError


def _answers(ctx: Context, keys: list[str]) -> Iterator[tuple[str, Any]]:
    """Whatever any question of the workspace answers, also when asked about these very keys."""
    space = ctx.workspace
    for store in RecordStores.__annotations__:
        yield store, getattr(space, store).where()
        for key in keys:
            yield store, getattr(space, store).find(key)
    for kind in ListKind:
        column = next(iter(space.lists.rows(kind, []) or ()), None)
        assert column is None
        for row in space.lists.rows(kind, keys):
            yield kind, row
        for text in ("", "另一", _NAME, "0558-7654321"):
            shown = _BY_NAME.get(kind, "case_no")
            wanted = ListFilter(text=text)
            yield kind, space.lists.ids(kind, wanted, Sort(column=shown))
    handed: dict[str, Any] = {"keys": keys, "ids": keys, "of": keys, "record_ids": keys}
    for name in (
        "reports",
        "chronicle",
        "screening",
        "boundary_search",
        "visit_reports",
        "rosters",
    ):
        questions = getattr(space, name)
        for label, ask in inspect.getmembers(questions, inspect.ismethod):
            if label.startswith("_"):
                continue
            needed = [
                one.name
                for one in inspect.signature(ask).parameters.values()
                if one.default is one.empty
            ]
            if needed and needed[0] in handed:
                yield f"{name}.{label}", _all_of(ask(handed[needed[0]]))
            elif not needed:
                yield f"{name}.{label}", _all_of(ask())
            elif len(needed) == 1 and needed[0].endswith("_id"):
                for key in keys:
                    yield f"{name}.{label}", _all_of(ask(key))
    for text in (_NAME, "另一", "lyjhg", "别家", "3416992022B00099"):
        yield "search", space.reports.search(text, 50)


_QUESTIONS = (
    "reports",
    "chronicle",
    "screening",
    "boundary_search",
    "visit_reports",
    "rosters",
)
_BY_NAME = {
    ListKind.ENTERPRISES: "name",
    ListKind.PARCELS: "name",
    ListKind.REJECTS: "file",
    ListKind.GRADING: "name",
    ListKind.CAMPAIGNS: "name",
    ListKind.VISITS: "enterprise",
}


def _all_of(answer: Any) -> Any:
    return list(answer) if isinstance(answer, Iterator) else answer


@pytest.mark.parametrize("who", ["consultant", "carrier"])
def test_no_question_answers_with_what_is_anothers(worlds: Worlds, who: str) -> None:
    ctx: Context = getattr(worlds.office, who)
    keys = sorted(worlds.foreign)
    given = set(keys)
    asked = 0
    for question, answer in _answers(ctx, keys):
        asked += 1
        said = repr(answer)
        assert _NAME not in said, question
        # A question may give back the key it was asked about, and nothing of what it stands for.
        if not (isinstance(answer, list) and set(map(str, answer)) <= given and answer):
            assert not [key for key in keys if key in said and "merged_into" not in question], (
                question,
                said[:200],
            )
    assert asked > 500


def test_the_same_questions_find_it_for_whoever_sees_everything(worlds: Worlds) -> None:
    chief = worlds.office.administrator
    found = {
        question
        for question, answer in _answers(chief, sorted(worlds.foreign))
        if _NAME in repr(answer)
    }
    assert {"enterprises", ListKind.CASES, "search", "chronicle.names"} <= found


def test_a_card_opened_by_its_key_is_refused(worlds: Worlds) -> None:
    for store, key in (
        ("enterprises", worlds.other.enterprise.id),
        ("parcels", worlds.other.parcel.id),
        ("cases", worlds.theirs.id),
    ):
        with pytest.raises(RecordNotFoundError):
            getattr(worlds.office.consultant.workspace, store).get(key)
        assert getattr(worlds.other.consultant.workspace, store).get(key).id == key


def test_the_trail_of_a_record_that_is_not_seen_is_empty(worlds: Worlds) -> None:
    key = worlds.other.enterprise.id
    assert worlds.office.consultant.workspace.reports.history([key]) == []
    assert worlds.office.carrier.workspace.chronicle.first_entry(key) is None
    assert worlds.other.carrier.workspace.reports.history([key])


def test_the_timeline_of_a_case_that_is_not_seen_is_empty(worlds: Worlds) -> None:
    """It asks no further whose an entry is: its records are those that are seen."""
    for ctx in (worlds.office.consultant, worlds.office.carrier):
        assert ctx.workspace.reports.timeline(worlds.theirs.id) == []
    told = worlds.other.consultant.workspace.reports.timeline(worlds.theirs.id)
    assert told == worlds.office.administrator.workspace.reports.timeline(worlds.theirs.id)
    assert len(told) > 5


def test_whose_enterprises_are_seen_is_found_out_anew_once_anything_was_written(
    worlds: Worlds,
) -> None:
    """Inside a change, after it was taken back, and where another opening of the file wrote."""
    office, chief, mine = worlds.office, worlds.office.administrator, worlds.office.consultant
    with closing(open_workspace(office.path, read_only=True)) as space:
        there = replace(mine, file=space)
        firm = mine.actor.organisation_id
        theirs = worlds.other.carrier.carrier_id or ""

        def seen(ctx: Context) -> int:
            return ctx.workspace.enterprises.count()

        assert (seen(mine), seen(there)) == (1, 1)
        with _taken_back(chief):
            engage_firm(chief, firm_id=firm, carrier_id=theirs)
            assert seen(mine) == 2
        assert (seen(mine), seen(there)) == (1, 1)
        engaged = engage_firm(chief, firm_id=firm, carrier_id=theirs)
        assert (seen(mine), seen(there)) == (2, 2)
        with chief.change():
            chief.workspace.engagements.retire(engaged.id)
        assert (seen(mine), seen(there)) == (1, 1)


def test_whoever_sees_everything_looks_at_the_tables_themselves(worlds: Worlds) -> None:
    """No view stands between: what is asked is the query as it was written, at its cost."""
    worlds.office.consultant.workspace.enterprises.count()
    assert worlds.office.land_inspector.workspace.enterprises.count() == 2
    conn = _connection(worlds)
    (there,) = conn.execute("SELECT count(*) FROM sqlite_temp_master").fetchone()
    assert there == 0


def test_every_table_is_somebodys_or_known_as_everybodys(worlds: Worlds) -> None:
    """A new table is narrowed by what it refers to; one that refers to nothing is named here."""
    conn = _connection(worlds)
    seen = {name for name, _ in views(conn, Sees.ENGAGED, frozenset())}
    names = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    )
    everybodys = {name for (name,) in names} - seen
    program = {
        "_sqlite_migrations",
        "blobs",
        "derived_state",
        "number_series",
        "settings",
        "sqlite_schema",
    }
    assert everybodys - program == _SHARED & everybodys


def test_what_a_scoped_person_writes_is_followed_over_everything(worlds: Worlds) -> None:
    """Words and figures of what they do not see stay as they are, and their own are there."""
    edit_enterprise(
        worlds.other.carrier, enterprise_id=worlds.other.enterprise.id, short_name="乙化工"
    )
    for ctx, hits in ((worlds.other.consultant, 1), (worlds.office.consultant, 0)):
        found = ctx.workspace.reports.search("乙化工", 5)
        assert [one.id for one in found if one.kind == "enterprise"] == (
            [worlds.other.enterprise.id] * hits
        )
    assert worlds.office.administrator.workspace.check().ok


def test_what_is_taken_back_leaves_the_eyes_as_they_were(worlds: Worlds) -> None:
    """Views made inside of a transaction would go with it."""
    mine, chief = worlds.office.consultant, worlds.office.administrator
    with _taken_back(chief):
        assert mine.workspace.enterprises.count() == 1
    assert mine.workspace.enterprises.count() == 1
    assert chief.workspace.enterprises.count() == 2


def test_a_code_that_is_anothers_is_refused_without_saying_whose(worlds: Worlds) -> None:
    with pytest.raises(KnownError) as refused:
        add_enterprise(
            worlds.office.carrier, name="我的企业", uscc=worlds.other.enterprise.uscc or ""
        )
    assert _NAME not in f"{refused.value.what}{refused.value.where}"


def test_carriers_see_all_where_the_county_says_so(worlds: Worlds) -> None:
    ctx, chief = worlds.office.carrier, worlds.office.administrator
    assert [one.name for one in ctx.workspace.enterprises.where()] == ["示例机械制造有限公司"]
    set_access(chief, access=Access(all_carriers=True))
    assert ctx.as_person(ctx.actor).workspace.enterprises.count() == 2
    set_access(chief, access=Access())


_DAYS = st.integers(-40, 40)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    terms=st.lists(st.tuples(_DAYS, st.none() | st.integers(0, 40), st.booleans()), max_size=3),
    grace=st.integers(0, 30),
    day=_DAYS,
)
def test_a_firm_sees_whom_it_is_engaged_for_and_nobody_else(
    worlds: Worlds, terms: list[tuple[int, int | None, bool]], grace: int, day: int
) -> None:
    """From the first day to the last one and `grace_days` more, whatever the contracts are."""
    today = worlds.office.clock.today()
    carriers = {
        False: (worlds.office.carrier.carrier_id or "", worlds.office.enterprise.id),
        True: (worlds.other.carrier.carrier_id or "", worlds.other.enterprise.id),
    }
    expected = {
        carriers[theirs][1]
        for first, length, theirs in terms
        if first <= day and (length is None or day <= first + length + grace)
    }
    chief = worlds.office.administrator
    with _taken_back(chief):
        firm = add_organisation(chief, kind=OrganisationKind.SERVICE_FIRM, name="第三家").id
        person = add_person(chief, organisation_id=firm, name="丙", role=Role.CONSULTANT)
        set_access(chief, access=Access(grace_days=grace))
        for first, length, theirs in terms:
            from_on = today + timedelta(days=first)
            engage_firm(
                chief,
                firm_id=firm,
                carrier_id=carriers[theirs][0],
                from_on=from_on,
                to_on=None if length is None else from_on + timedelta(days=length),
            )
        then = replace(chief.as_person(person), clock=SteppingClock(today + timedelta(days=day)))
        assert {one.id for one in then.workspace.enterprises.where()} == expected
        shown = then.workspace.lists.ids(ListKind.ENTERPRISES, ListFilter(), Sort(column="name"))
        assert set(shown) == expected


@pytest.fixture
def masked(worlds: Worlds) -> Iterator[Context]:
    """A consultant's eyes while everything that can be masked is masked for them."""
    chief = worlds.office.administrator
    consultant = worlds.other.consultant
    with _taken_back(chief):
        record_year(
            chief, enterprise_id=worlds.other.enterprise.id, year=2024, tax_wan=Decimal("123.45")
        )
        set_access(
            chief, access=Access(masked=frozenset((Role.CONSULTANT, one) for one in Restricted))
        )
        yield consultant.as_person(consultant.actor)


def test_what_is_masked_is_in_no_answer(worlds: Worlds, masked: Context) -> None:
    """Neither the phone 0558-7654321 nor the tax of 123.45 nor what is worked out from it."""
    mine = worlds.other.enterprise.id
    for question, answer in _answers(masked, sorted(worlds.foreign)):
        assert "7654321" not in repr(answer), question
        assert "123.45" not in repr(answer), question
    (year,) = masked.workspace.yearly_metrics.where(enterprise_id=mine, year=2024)
    assert year.tax_wan is None
    conn = _connection(worlds)
    for told in ("change_log", "trail_of_seen"):
        assert masked.workspace.enterprises.count() == 1
        entries = conn.execute(f"SELECT before, after FROM {told}").fetchall()
        assert "7654321" not in repr(entries), told
        assert "123.45" not in repr(entries), told
        assert len(entries) > 5, told
    back = masked.workspace.as_of(masked.clock.now())
    assert back.enterprises.get(mine).phone == ""


def test_what_is_masked_is_not_found_by_what_it_is(worlds: Worlds, masked: Context) -> None:
    for text, found in (("0558-7654321", False), ("另一家化工", True)):
        hits = masked.workspace.reports.search(text, 5)
        listed = masked.workspace.lists.ids(
            ListKind.ENTERPRISES, ListFilter(text=text), Sort(column="name")
        )
        assert (bool(hits), bool(listed)) == (found, found)
    assert worlds.other.carrier.workspace.reports.search("0558-7654321", 5)


def test_a_value_that_is_not_seen_is_neither_lost_nor_overwritten(
    worlds: Worlds, masked: Context
) -> None:
    """Whoever saves the rest of a record leaves it alone; writing over it is refused."""
    store = masked.workspace.enterprises
    known = store.get(worlds.other.enterprise.id)
    with masked.change():
        store.save(replace(known, short_name="另一"))
        with pytest.raises(KnownError):
            store.save(replace(known, phone="1"))
    seen = worlds.office.administrator.workspace.enterprises.get(known.id)
    assert (seen.short_name, seen.phone) == ("另一", "0558-7654321")


def test_lists_say_restricted_where_a_value_is_masked(worlds: Worlds, masked: Context) -> None:
    (row,) = listed_rows(masked, kind=ListKind.ENTERPRISES, ids=[worlds.other.enterprise.id])
    assert row.cells["tax_wan_per_mu"] == RESTRICTED_CELL
    assert row.cells["name"] == _NAME
