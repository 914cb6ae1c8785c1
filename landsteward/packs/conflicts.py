"""`conflicts.toml`: which ties between a firm and an enterprise are asked about."""

from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.text import msg
from landsteward.packs.checks import unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import Mistake
from landsteward.packs.reading import PackFile


def read_conflict_terms(folder: PackFolder, mistakes: list[Mistake]) -> ConflictTerms:
    """The terms a pack sets; none where the file has a mistake, which is noted."""
    before = len(mistakes)
    file = PackFile(folder, "conflicts.toml", mistakes)
    terms = file.record(file.content, ConflictTerms, ()) if len(mistakes) == before else None
    if terms is None:
        return ConflictTerms()
    unique_keys(file, "kinds", terms.kinds)
    if not terms.kinds:
        file.wrong(("kinds",), msg("at least one tie has to be asked about"))
    if terms.years is not None and terms.years < 1:
        file.wrong(("years",), msg("at least one year, or leave it out"))
    return terms
