"""What a county sets about closing and looking back, read from `closing.toml` and checked."""

from collections.abc import Collection

from landsteward.domain.closing_terms import ClosingTerms
from landsteward.domain.text import msg
from landsteward.packs.checks import unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake
from landsteward.packs.reading import PackFile


def load_closing_terms(
    folder: PackFolder, mistakes: list[Mistake], *, categories: Collection[str]
) -> ClosingTerms:
    """Months of looking back, reasons why no benefit is due."""
    file = PackFile(folder, "closing.toml", mistakes)
    terms = file.record(file.content, ClosingTerms, ())
    if terms is None:
        return ClosingTerms()
    unique_keys(file, "no_benefit", terms.no_benefit)
    if terms.near_days < 0:
        file.wrong(("near_days",), msg("days are not negative"))
    for at, term in enumerate(terms.look_backs):
        place: KeyPath = ("look_backs", at)
        if not term.months:
            file.wrong((*place, "months"), msg("at least one month is needed"))
        for number, months in enumerate(term.months):
            if months < 1 or (number and months <= term.months[number - 1]):
                file.wrong(
                    (*place, "months", number), msg("months count from 1 and rise one by one")
                )
        for number, key in enumerate(term.categories):
            # Where the categories could not be read, their file says so itself.
            if categories and key not in categories:
                file.wrong(
                    (*place, "categories", number),
                    msg("the category {key} is not in findings.toml", key=key),
                )
    return terms
