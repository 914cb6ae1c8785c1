"""The cap of visits: at, below and above it, by department and by year (国办发〔2024〕54号)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.visit_cap import CountedVisit, VisitCap, too_often


def counted(key: str, department: str = "eco", year: int = 2026, day: int = 1) -> CountedVisit:
    return CountedVisit(
        key=key,
        enterprise_id="e",
        department=department,
        year=year,
        day=date(year, 3, day),
        begun=True,
    )


def test_switched_off_nothing_is_too_often() -> None:
    assert too_often(VisitCap(most=1), [counted("a"), counted("b")]) == []


def test_as_often_as_the_cap_is_not_too_often() -> None:
    cap = VisitCap(on=True, most=2)
    assert too_often(cap, [counted("a"), counted("b")]) == []
    (warning,) = too_often(cap, [counted("b", day=9), counted("a", day=2), counted("c", day=5)])
    assert [one.key for one in warning.visits] == ["a", "c", "b"]
    assert (warning.department, warning.year, warning.most, warning.more) == ("eco", 2026, 2, 0)


def test_one_more_is_asked_about_before_it_is_made() -> None:
    cap = VisitCap(on=True, most=1)
    assert too_often(cap, [], more={("e", "eco", 2026): 1}) == []
    (warning,) = too_often(cap, [counted("a")], more={("e", "eco", 2026): 1})
    assert ([one.key for one in warning.visits], warning.more) == (["a"], 1)


def test_departments_and_years_count_by_themselves() -> None:
    cap = VisitCap(on=True, most=1)
    visits = [counted("a"), counted("b", "market"), counted("c", year=2025)]
    assert too_often(cap, visits) == []


def test_a_department_has_its_own_number() -> None:
    cap = VisitCap(on=True, most=1, departments={"eco": 2})
    visits = [counted("a"), counted("b"), counted("a", "market"), counted("b", "market")]
    assert [one.department for one in too_often(cap, visits)] == ["market"]
    assert (cap.of("eco"), cap.of("market"), VisitCap(departments={"eco": 2}).of("eco")) == (
        2,
        1,
        None,
    )


def test_a_visit_told_twice_counts_once() -> None:
    assert too_often(VisitCap(on=True), [counted("a"), counted("a")]) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from(["eco", "land"]), st.integers(2024, 2026)
        )
    ),
    st.integers(1, 3),
)
def test_a_warning_comes_exactly_where_more_visits_than_the_cap_count(
    told: list[tuple[str, str, int]], most: int
) -> None:
    visits = [counted(key, department, year) for key, department, year in told]
    warned = {
        (one.department, one.year): len(one.visits)
        for one in too_often(VisitCap(on=True, most=most), visits)
    }
    distinct: dict[tuple[str, int], set[str]] = {}
    for key, department, year in told:
        distinct.setdefault((department, year), set()).add(key)
    assert warned == {place: len(keys) for place, keys in distinct.items() if len(keys) > most}
