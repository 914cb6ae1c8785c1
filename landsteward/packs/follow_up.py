"""`follow_up.toml`: the thresholds of the four colours, and limits on extensions."""

from dataclasses import asdict

from landsteward.domain.follow_up_terms import FollowUpTerms
from landsteward.domain.text import msg
from landsteward.packs.checks import MOST_DAYS
from landsteward.packs.mistakes import Mistake
from landsteward.packs.reading import PackFile

_PAIRS = (("behind_points", "stuck_behind_points"),)


def read_follow_up(file: PackFile, mistakes: list[Mistake]) -> FollowUpTerms:
    """What a pack sets; the defaults where the file has a mistake, which is noted."""
    before = len(mistakes)
    terms = file.record(file.content, FollowUpTerms, ())
    if terms is None:
        return FollowUpTerms()
    for table, values in asdict(terms).items():
        for name, number in values.items():
            if number < 0:
                file.wrong((table, name), msg("a number that is not negative, or 0"))
            elif name.endswith("_days") and number > MOST_DAYS:
                file.wrong((table, name), msg("at most {days} days", days=MOST_DAYS))
            elif name.endswith(("_points", "_percent")) and number > 100:
                file.wrong((table, name), msg("at most 100"))
    for mild, grave in _PAIRS:
        low, high = getattr(terms.colours, mild), getattr(terms.colours, grave)
        if 0 < high < low:
            file.wrong(
                ("colours", grave), msg("not less than {name} ({number})", name=mild, number=low)
            )
    return terms if len(mistakes) == before else FollowUpTerms()
