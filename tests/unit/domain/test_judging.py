"""The rules on single supplies, with days and shares counted by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.domain.judging import RuleOnDay, Suspicion, rules_on
from landsteward.domain.register import ConstructionProgress, Parcel, SupplyContract
from landsteward.domain.screening import About, Explanation, Missing
from landsteward.domain.states import DelayCause, Severity
from landsteward.domain.subjects import SupplySubject
from landsteward.packs.source import Packs

PACK = Packs().current()
IDLE_LAND = "闲置土地处置办法"
PARCEL = Parcel(id="p", name="示例地块", land_use="工业用地", area_m2=Decimal(40000))
CONTRACT = SupplyContract(
    id="c",
    parcel_id="p",
    identity="x",
    electronic_no="3416992018B00001",
    area_m2=Decimal(40000),
    signed_on=date(2018, 1, 15),
    agreed_start_on=date(2019, 7, 21),
    agreed_completion_on=date(2021, 7, 21),
)
SUBJECT = SupplySubject(parcel=PARCEL, contract=CONTRACT, holder=None)
PROGRESS = ConstructionProgress(
    id="l",
    parcel_id="p",
    observed_on=date(2022, 3, 1),
    suspended_since=date(2021, 2, 1),
    area_to_develop_m2=Decimal(30000),
    developed_area_m2=Decimal(9000),
    total_investment_wan=Decimal(4000),
    invested_wan=Decimal(2000),
)


def rule(key: str, on: date) -> RuleOnDay:
    return next(one for one in rules_on(PACK, on) if one.rule.key == key)


def ask(key: str, subject: SupplySubject, on: date) -> Suspicion | Missing | None:
    return rule(key, on).judge(subject)


def suspected(key: str, subject: SupplySubject, on: date) -> Suspicion:
    verdict = ask(key, subject, on)
    assert isinstance(verdict, Suspicion), verdict
    return verdict


def with_contract(**changes: object) -> SupplySubject:
    return replace(SUBJECT, contract=replace(CONTRACT, **changes))  # type: ignore[arg-type]


def with_progress(**changes: object) -> SupplySubject:
    return replace(
        with_contract(actual_start_on=date(2019, 8, 1)),
        progress=replace(PROGRESS, **changes),  # type: ignore[arg-type]
    )


def articles(explained: Explanation, law: str = IDLE_LAND) -> list[str]:
    return [basis.article for basis in explained.bases if basis.law == law]


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        (date(2019, 7, 21), None),
        (date(2020, 7, 20), None),
        (date(2020, 7, 21), Severity.SERIOUS),
        (date(2021, 7, 20), Severity.SERIOUS),
        (date(2021, 7, 21), Severity.MAJOR),
        (date(2030, 1, 1), Severity.MAJOR),
    ],
)
def test_idle_from_the_first_anniversary_and_graver_from_the_second(
    on: date, severity: Severity | None
) -> None:
    verdict = ask("idle_not_started", SUBJECT, on)
    assert (verdict.severity if isinstance(verdict, Suspicion) else verdict) is severity


@pytest.mark.parametrize(("on", "found"), [(date(2021, 2, 27), False), (date(2021, 2, 28), True)])
def test_a_start_due_on_29_february_is_a_year_late_on_28_february(on: date, found: bool) -> None:
    subject = with_contract(agreed_start_on=date(2020, 2, 29))
    assert isinstance(ask("idle_not_started", subject, on), Suspicion) is found


def test_facts_arithmetic_and_law_of_an_idle_parcel() -> None:
    explained = suspected("idle_not_started", SUBJECT, date(2020, 8, 20)).explain()
    facts = dict(explained.facts)
    assert facts["agreed_start_on"] == date(2019, 7, 21)
    assert facts["days_overdue"] == 396
    assert facts["full_years_overdue"] == 1
    assert articles(explained) == ["第二条", "第十四条"]
    assert {basis.version for basis in explained.bases} == {"国土资源部令第53号"}
    assert "396 days, 1 full year" in " ".join(map(str, explained.arithmetic))


def test_without_an_agreed_start_delivery_and_a_year_count_under_article_22() -> None:
    subject = with_contract(agreed_start_on=None, actual_delivery_on=date(2018, 3, 1))
    assert ask("idle_not_started", subject, date(2020, 2, 29)) is None
    explained = suspected("idle_not_started", subject, date(2020, 3, 1)).explain()
    assert articles(explained) == ["第二条", "第十四条", "第二十二条"]
    assert dict(explained.facts)["start_due_on"] == date(2019, 3, 1)


def test_without_agreed_start_and_delivery_it_cannot_be_judged() -> None:
    verdict = ask("idle_not_started", with_contract(agreed_start_on=None), date(2024, 1, 1))
    assert isinstance(verdict, Missing)
    assert "no start date was agreed" in str(verdict)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"actual_start_on": date(2021, 1, 5)}, False),
        ({"actual_start_on": date(2021, 1, 6)}, True),  # recorded for the day after
        ({"actual_completion_on": date(2020, 12, 1)}, False),
        ({"actual_completion_on": date(2022, 12, 1)}, True),
    ],
)
def test_only_what_had_happened_by_the_day_asked_about_counts(
    changes: dict[str, object], found: bool
) -> None:
    verdict = ask("idle_not_started", with_contract(**changes), date(2021, 1, 5))
    assert isinstance(verdict, Suspicion) is found


def test_a_completion_before_the_start_cannot_be_judged() -> None:
    subject = with_contract(actual_start_on=date(2021, 6, 1), actual_completion_on=date(2020, 6, 1))
    for key in ("idle_not_started", "completion_overdue", "idle_suspended"):
        verdict = ask(key, subject, date(2021, 1, 5))
        assert "completion lies before the recorded start" in str(verdict)


def test_building_that_was_seen_is_a_start() -> None:
    seen = replace(SUBJECT, progress=replace(PROGRESS, observed_on=date(2020, 7, 1)))
    assert ask("idle_not_started", seen, date(2020, 8, 1)) is None
    later = replace(SUBJECT, progress=replace(PROGRESS, observed_on=date(2020, 9, 1)))
    assert isinstance(ask("idle_not_started", later, date(2020, 8, 1)), Suspicion)


def test_nothing_rests_on_order_53_before_it_was_in_force() -> None:
    subject = with_contract(signed_on=date(2006, 5, 1), agreed_start_on=date(2007, 1, 1))
    assert not rule("idle_not_started", date(2010, 1, 1)).in_force
    assert ask("idle_not_started", subject, date(2010, 1, 1)) is None
    assert ask("idle_not_started", subject, date(2012, 6, 30)) is None
    assert isinstance(ask("idle_not_started", subject, date(2012, 7, 1)), Suspicion)


def test_a_supply_signed_later_did_not_exist_on_the_day() -> None:
    subject = with_contract(signed_on=date(2021, 1, 6))
    assert ask("idle_not_started", subject, date(2021, 1, 5)) is None
    assert isinstance(ask("idle_not_started", subject, date(2021, 1, 6)), Suspicion)


@pytest.mark.parametrize("cause", [DelayCause.GOVERNMENT, DelayCause.FORCE_MAJEURE])
def test_another_s_cause_is_shown_and_stays_a_suspicion_to_be_reviewed(cause: DelayCause) -> None:
    look = replace(PROGRESS, observed_on=date(2020, 6, 1), developed_area_m2=None, cause=cause)
    found = suspected("idle_not_started", replace(SUBJECT, progress=look), date(2020, 8, 1))
    explained = found.explain()
    assert found.severity is Severity.SERIOUS
    assert dict(explained.facts)["delay_cause"] == cause.value
    assert articles(explained) == ["第二条", "第十四条", "第八条"]
    assert "must be reviewed" in str(explained.arithmetic[-1])


def test_the_holder_s_own_cause_is_a_fact_without_a_review() -> None:
    look = replace(
        PROGRESS, observed_on=date(2020, 6, 1), developed_area_m2=None, cause=DelayCause.OWN
    )
    subject = replace(SUBJECT, progress=look)
    explained = suspected("idle_not_started", subject, date(2020, 8, 1)).explain()
    assert dict(explained.facts)["delay_cause"] == "own"
    assert articles(explained) == ["第二条", "第十四条"]


def test_land_delivered_late_asks_for_a_review() -> None:
    subject = with_contract(
        agreed_delivery_on=date(2018, 3, 1), actual_delivery_on=date(2018, 3, 31)
    )
    explained = suspected("idle_not_started", subject, date(2020, 8, 1)).explain()
    assert dict(explained.facts)["delivered_late_days"] == 30
    assert "第八条" in articles(explained)


def test_completion_is_overdue_from_the_day_after() -> None:
    assert ask("completion_overdue", SUBJECT, date(2021, 7, 21)) is None
    found = suspected("completion_overdue", SUBJECT, date(2021, 7, 22))
    assert found.severity is Severity.ORDINARY
    assert dict(found.explain().facts)["days_overdue"] == 1


@pytest.mark.parametrize(
    ("on", "laws"),
    [
        (date(2020, 12, 31), ["国有建设用地使用权出让合同（划拨决定书）"]),
        (
            date(2021, 1, 1),
            ["国有建设用地使用权出让合同（划拨决定书）", "中华人民共和国民法典"],
        ),
    ],
)
def test_the_contract_itself_is_the_basis_and_the_civil_code_where_in_force(
    on: date, laws: list[str]
) -> None:
    subject = with_contract(agreed_completion_on=date(2020, 1, 1))
    bases = suspected("completion_overdue", subject, on).explain().bases
    assert [basis.law for basis in bases] == laws
    assert bases[0].article == "约定竣工时间"
    assert (bases[0].version, bases[0].valid_from) == ("3416992018B00001", date(2018, 1, 15))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"actual_completion_on": date(2024, 1, 1)}, "none"),
        ({"actual_completion_on": date(2024, 1, 2)}, "suspected"),
        ({"agreed_completion_on": None}, "no completion date was agreed"),
    ],
)
def test_completion_counts_what_is_on_record_by_the_day(
    changes: dict[str, object], outcome: str
) -> None:
    verdict = ask("completion_overdue", with_contract(**changes), date(2024, 1, 1))
    said = "suspected" if isinstance(verdict, Suspicion) else str(verdict or "none")
    assert said == outcome


def test_agreed_dates_in_the_wrong_order_are_pointed_out() -> None:
    subject = with_contract(agreed_completion_on=date(2019, 1, 1))
    for key in ("idle_not_started", "completion_overdue"):
        explained = suspected(key, subject, date(2021, 1, 1)).explain()
        assert any("lies before the agreed start" in str(one) for one in explained.arithmetic)


@pytest.mark.parametrize(("on", "found"), [(date(2022, 1, 31), False), (date(2022, 2, 1), True)])
def test_a_suspension_counts_when_its_year_is_full(on: date, found: bool) -> None:
    subject = with_progress(observed_on=date(2022, 1, 1))
    assert isinstance(ask("idle_suspended", subject, on), Suspicion) is found


@pytest.mark.parametrize(
    ("built", "invested", "outcome"),
    [
        ("9999.99", "2000", "suspected"),  # less than a third of 30 000
        ("10000", "2000", "none"),  # exactly a third is not less
        ("10000", "999.99", "suspected"),  # less than a quarter of 4 000
        ("10000", "1000", "none"),
        ("9999.99", None, "suspected"),  # one of the two is enough
        (None, "999.99", "suspected"),
        ("10000", None, "cannot"),
        (None, "2000", "cannot"),
        (None, None, "cannot"),
    ],
)
def test_a_third_built_and_a_quarter_invested_are_the_limits(
    built: str | None, invested: str | None, outcome: str
) -> None:
    subject = with_progress(
        developed_area_m2=built and Decimal(built), invested_wan=invested and Decimal(invested)
    )
    verdict = ask("idle_suspended", subject, date(2022, 6, 1))
    if outcome == "cannot":
        assert "the share built or the share invested" in str(verdict)
    else:
        assert isinstance(verdict, Suspicion) is (outcome == "suspected")


def test_a_suspension_knows_articles_2_and_12_but_never_14() -> None:
    for on in (date(2022, 6, 1), date(2026, 6, 1)):
        found = suspected("idle_suspended", with_progress(), on)
        assert found.severity is Severity.SERIOUS
        assert articles(found.explain()) == ["第二条", "第十二条"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"observed_on": date(2022, 6, 2)}, "no construction progress is on record"),
        ({"suspended_since": None}, None),
        ({"suspended_since": date(2022, 7, 1)}, None),
    ],
)
def test_a_suspension_nobody_had_seen_by_the_day_does_not_count(
    changes: dict[str, object], reason: str | None
) -> None:
    verdict = ask("idle_suspended", with_progress(**changes), date(2022, 6, 1))
    assert (verdict and str(verdict)) == reason


def test_a_suspension_without_any_start_cannot_be_judged() -> None:
    subject = replace(SUBJECT, progress=replace(PROGRESS, developed_area_m2=Decimal(0)))
    verdict = ask("idle_suspended", subject, date(2022, 6, 1))
    assert "no actual start is on record" in str(verdict)


def test_a_completed_project_is_not_suspended() -> None:
    subject = with_progress()
    done = replace(subject.contract, actual_completion_on=date(2022, 5, 1))
    assert ask("idle_suspended", replace(subject, contract=done), date(2022, 6, 1)) is None


@pytest.mark.parametrize(
    ("area_m2", "found"),
    [("66666.66", False), ("66666.67", True), ("66600", False), ("200000", True)],
)
def test_more_than_a_hundred_mu_is_large(area_m2: str, found: bool) -> None:
    verdict = ask("large_unphased", with_contract(area_m2=Decimal(area_m2)), date(2024, 1, 1))
    assert isinstance(verdict, Suspicion) is found


@pytest.mark.parametrize(
    ("land_use", "outcome"),
    [("工业用地", "suspected"), ("一类工业用地", "suspected"), ("城镇住宅用地", "none")],
)
def test_only_industrial_land_is_to_be_phased(land_use: str, outcome: str) -> None:
    subject = with_contract(area_m2=Decimal(100000))
    subject = replace(subject, parcel=replace(PARCEL, land_use=land_use))
    verdict = ask("large_unphased", subject, date(2024, 1, 1))
    assert isinstance(verdict, Suspicion) is (outcome == "suspected")
    assert isinstance(verdict, Suspicion) or verdict is None


def test_a_large_supply_is_a_hint_from_item_25_on_its_day() -> None:
    subject = with_contract(area_m2=Decimal(100000))
    assert ask("large_unphased", subject, date(2023, 4, 19)) is None
    found = suspected("large_unphased", subject, date(2023, 4, 20))
    explained = found.explain()
    assert found.severity is Severity.HINT
    assert [basis.article for basis in explained.bases] == ["第25项"]
    assert dict(explained.facts)["area_mu"] == Decimal("150.00")
    assert "Signed 2018-01-15, before this basis took effect" in str(explained.arithmetic[-1])


@pytest.mark.parametrize(
    ("contract", "parcel", "reason"),
    [
        ({"area_m2": None}, {"area_m2": None}, "the area is not recorded"),
        ({}, {"land_use": ""}, "the land use is not recorded"),
        ({"area_m2": Decimal(100000), "phased": True}, {}, None),
        ({"area_m2": None}, {"area_m2": Decimal(40000)}, None),
    ],
)
def test_area_use_and_phases_must_be_known_to_judge_size(
    contract: dict[str, object], parcel: dict[str, object], reason: str | None
) -> None:
    subject = replace(
        with_contract(**contract),
        parcel=replace(PARCEL, **parcel),  # type: ignore[arg-type]
    )
    verdict = ask("large_unphased", subject, date(2024, 1, 1))
    assert (verdict and str(verdict)) == reason


def test_every_fact_has_an_english_key_and_a_plain_value() -> None:
    subject = with_progress()
    subject = replace(subject, contract=replace(subject.contract, area_m2=Decimal(100000)))
    seen = 0
    for one in rules_on(PACK, date(2024, 1, 1)):
        verdict = one.judge(subject) if one.about is About.SUPPLY else None
        if isinstance(verdict, Suspicion):
            seen += 1
            for name, value in verdict.explain().facts:
                assert name.isidentifier()
                assert name == name.lower()
                assert value is None or isinstance(value, (str, int, Decimal, date))
    assert seen == 3
