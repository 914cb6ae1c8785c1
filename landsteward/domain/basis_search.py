"""Finding a legal basis in a rule pack: by title, short title, edition or article, as it is typed.

`土地管理法 77`, `53号令 第十四条` and `固废法` all lead somewhere. Each answer is the edition in
force on the day that counts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from landsteward.domain.findings import LegalBasis
from landsteward.domain.laws import BasisRef, Law
from landsteward.domain.rulepack import RulePack

MOST = 12
_DIGITS = "零一二三四五六七八九"
_ARTICLE = re.compile(r"(?:第\s*(?P<said>\S+)|(?<![\d.])(?P<number>\d{1,4})\s*条?)\s*$")


def offered_bases(pack: RulePack, text: str, day: date, *, most: int = MOST) -> list[LegalBasis]:
    """What a typed text may mean, the pack's own references first.

    An article the pack names nowhere is offered for every law that fits; whether there is such an
    article, the program cannot know. Of laws not in force on that day nothing is offered.
    """
    words = text.replace("《", " ").replace("》", " ").split()
    if not words:
        return []
    found: dict[tuple[str, str], LegalBasis] = {}
    for ref in _known(pack):
        law = pack.law(ref.law)
        if all(_fits(word, law, ref.article) for word in words):
            _take(found, pack.basis_on(ref, day))
    match = _ARTICLE.search(text)
    named = text[: match.start()].replace("《", " ").replace("》", " ").split() if match else []
    if match is not None and named:
        article = article_of(match["number"] or match["said"])
        for law in pack.laws:
            if all(_of_law(word, law) for word in named):
                _take(found, pack.basis_on(BasisRef(law=law.key, article=article), day))
    return list(found.values())[:most]


def _take(found: dict[tuple[str, str], LegalBasis], basis: LegalBasis | None) -> None:
    if basis is not None:
        found.setdefault((basis.law, basis.article), basis)


def on_day(pack: RulePack, basis: LegalBasis, day: date) -> LegalBasis | None:
    """The same article with the edition in force on a day; None where none was.

    What a person typed, terms of contracts, and laws the pack does not know stay as they are.
    """
    law = next((one for one in pack.laws if one.title == basis.law), None)
    if basis.own_words or law is None or law.contract:
        return basis
    ref = BasisRef(law=law.key, article=basis.article)
    known = next(
        (one for one in _known(pack) if (one.law, one.article) == (ref.law, ref.article)), ref
    )
    chosen = pack.basis_on(known, day)
    return chosen and replace(
        basis,
        version=chosen.version,
        valid_from=chosen.valid_from,
        valid_to=chosen.valid_to,
    )


def article_of(text: str) -> str:
    """An article as laws write it: 77 and 第77条 are 第七十七条; anything else stays."""
    plain = text.strip().removeprefix("第").removesuffix("条")
    if not plain.isascii() or not plain.isdigit() or not 0 < int(plain) < 10_000:
        return f"第{text.strip().removeprefix('第')}"
    return f"第{chinese_number(int(plain))}条"


def chinese_number(number: int) -> str:
    """1 to 9999 in words: 十四, 一百零八, 一千二百六十."""
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending else "") + _DIGITS[digit] + name
        pending = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _known(pack: RulePack) -> Iterator[BasisRef]:
    """Every reference the pack makes, in its order."""
    for item in pack.items:
        yield from item.bases
    for rule in pack.rules:
        for level in rule.levels:
            yield from level.bases
        for group in rule.extra_bases.values():
            yield from group
    for path in pack.paths:
        yield from path.bases


def _fits(word: str, law: Law, article: str) -> bool:
    if _of_law(word, law) or word in article:
        return True
    match = _ARTICLE.fullmatch(word)
    return match is not None and article.startswith(article_of(match["number"] or match["said"]))


def _of_law(word: str, law: Law) -> bool:
    said = word.casefold()
    if said in law.title.casefold() or said in law.title_en.casefold():
        return True
    # 53号令 is the edition 国土资源部令第53号.
    if any(said.removesuffix("令") in one.version.casefold() for one in law.versions):
        return True
    return len(word) >= 2 and not word.isascii() and _in_order(word, law.title)


def _in_order(short: str, title: str) -> bool:
    """Whether a short title is made of the title's characters in their order: 固废法."""
    rest = iter(title)
    return all(character in rest for character in short)
