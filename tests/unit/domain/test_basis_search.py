"""Legal bases found as they are typed, in the edition of the day that counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.basis_search import article_of, chinese_number, offered_bases, on_day
from landsteward.domain.findings import LegalBasis
from landsteward.packs.source import Packs
from tests.helpers.rule_packs import SMALL_PACK

DAY = date(2026, 3, 2)
PACK = Packs().current()


@pytest.mark.parametrize(
    ("typed", "law", "article"),
    [
        ("土地管理法 77", "中华人民共和国土地管理法", "第七十七条"),
        ("《土地管理法》第77条", "中华人民共和国土地管理法", "第七十七条"),
        ("53号令 第十四条", "闲置土地处置办法", "第十四条"),
        ("固废法 102", "中华人民共和国固体废物污染环境防治法", "第一百零二条"),
        ("第25项", "亳州市土地节约集约利用综合改革试点实施方案", "第25项"),
        ("idle land", "闲置土地处置办法", "第二条"),
    ],
)
def test_titles_short_titles_editions_and_articles_lead_there(
    typed: str, law: str, article: str
) -> None:
    found = offered_bases(PACK, typed, DAY)
    assert (found[0].law, found[0].article) == (law, article)
    assert found[0].version


def test_an_article_the_pack_names_nowhere_is_offered_for_the_law_that_fits() -> None:
    (found,) = offered_bases(PACK, "土地管理法 80", DAY)
    assert found.article == "第八十条"


def test_nothing_typed_and_nothing_known_offers_nothing() -> None:
    assert offered_bases(PACK, "  ", DAY) == []
    assert offered_bases(PACK, "刑法 3", DAY) == []


def test_the_edition_is_that_of_the_day() -> None:
    """The small pack's law: old edition up to 2019-12-31, new one from 2020-01-01, none before
    2000.
    """
    (old,) = offered_bases(SMALL_PACK, "示例办法 第七条", date(2019, 12, 31))
    (new,) = offered_bases(SMALL_PACK, "示例办法 第七条", date(2020, 1, 1))
    assert (old.version, new.version) == ("old edition", "new edition")
    assert offered_bases(SMALL_PACK, "示例办法", date(1999, 12, 31)) == []
    assert on_day(SMALL_PACK, new, date(2010, 5, 1)) == old
    assert on_day(SMALL_PACK, new, date(1999, 12, 31)) is None


def test_own_words_and_unknown_laws_stay_as_they_are() -> None:
    own = LegalBasis(law="园区协议第三条", article="", version="", own_words=True)
    foreign = LegalBasis(law="别县办法", article="第一条", version="2001年")
    for basis in (own, foreign):
        assert on_day(SMALL_PACK, basis, date(1990, 1, 1)) == basis


@pytest.mark.parametrize(
    ("number", "said"),
    [(7, "七"), (10, "十"), (14, "十四"), (20, "二十"), (101, "一百零一"), (110, "一百一十")],
)
def test_numbers_are_written_as_laws_write_them(number: int, said: str) -> None:
    assert chinese_number(number) == said
    assert article_of(str(number)) == article_of(f"第{number}条") == f"第{said}条"


VALUES = {"千": 1000, "百": 100, "十": 10}


@given(st.integers(1, 9999))
def test_every_number_reads_back(number: int) -> None:
    total, digit = 0, 0
    for sign in chinese_number(number):
        if sign in VALUES:
            total, digit = total + (digit or 1) * VALUES[sign], 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    assert total + digit == number
