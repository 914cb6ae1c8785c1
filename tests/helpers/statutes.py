"""Laws and articles as the field's own lists name them, and as the pack spells them out."""

from collections.abc import Iterable

from landsteward.domain.laws import BasisRef
from landsteward.domain.rulepack import RulePack

TITLES = {
    "闲置土地处置办法": "闲置土地处置办法",
    "合同": "国有建设用地使用权出让合同（划拨决定书）",
    "产出合同": "工业项目用地产出监管合同",
    "控制指标": "工业项目建设用地控制指标",
    "实施方案": "亳州市土地节约集约利用综合改革试点实施方案",
    "建设项目环境保护管理条例": "建设项目环境保护管理条例",
    "排污许可管理条例": "排污许可管理条例",
    "企业信息公示": "企业信息公示暂行条例",
    "建设工程质量管理条例": "建设工程质量管理条例",
}
"""Full titles; every other law is 中华人民共和国 and its name."""

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below 1000 as statutes write it: 14 十四, 102 一百零二, 112 一百一十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十") + DIGITS[ones] * (
            ones > 0
        )
    elif ones:
        text += "零" * (hundreds > 0) + DIGITS[ones]
    return text


def articles(words: str) -> set[tuple[str, str]]:
    """The bases of a line: title and article, e.g. (中华人民共和国契税法, 第十条).

    Contracts and the control indicators have no numbered article here: any will do.
    """
    found: set[tuple[str, str]] = set()
    for part in words.split(" · "):
        law, *numbers = part.split()
        title = TITLES.get(law, f"中华人民共和国{law}")
        if not numbers:
            found.add((title, ""))
        for number in numbers:
            plan = law == "实施方案"
            found.add((title, f"第{number}项" if plan else f"第{in_chinese(int(number))}条"))
    return found


def rests_on(pack: RulePack, refs: Iterable[BasisRef]) -> set[tuple[str, str]]:
    """The same of what a pack refers to."""
    without = {TITLES[short] for short in ("合同", "产出合同", "控制指标")}
    titled = [(pack.law(ref.law).title, ref.article) for ref in refs]
    return {(title, "" if title in without else article) for title, article in titled}
