"""Names of enterprises that are nearly the same: they may be one enterprise written twice."""

import re
from functools import lru_cache

from landsteward.domain.identifiers import name_key

# The longest first: what is left of a name is what tells it from others.
_FORMS = re.compile(
    r"(?:股份有限责任公司|有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|总公司|"
    r"分公司|公司|集团|厂|co\.?,?ltd\.?)+$"
)
_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 14)
def near_name_key(name: str) -> str:
    """A name without its legal form, brackets and other signs: 示例（亳州）食品有限公司 →
    示例亳州食品.

    Where nothing would be left, the name's own key. For asking a person only, never for matching.
    """
    key = name_key(name)
    bare = _SIGNS.sub("", key)
    return _FORMS.sub("", bare) or bare or key
