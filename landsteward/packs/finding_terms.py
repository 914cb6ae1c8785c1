"""What a county sets about findings, read from `findings.toml` and checked."""

from collections.abc import Collection

from landsteward.domain.finding_terms import FindingTerms
from landsteward.domain.text import msg
from landsteward.packs.checks import unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake
from landsteward.packs.reading import PackFile


def load_finding_terms(
    folder: PackFolder,
    mistakes: list[Mistake],
    *,
    items: Collection[str],
    departments: Collection[str],
    taken_codes: Collection[str],
) -> FindingTerms:
    """Categories, root causes, objections, slips. `taken_codes` number other papers already."""
    file = PackFile(folder, "findings.toml", mistakes)
    terms = file.record(file.content, FindingTerms, ())
    if terms is None:
        return FindingTerms()
    unique_keys(file, "categories", terms.categories)
    unique_keys(file, "root_causes", terms.root_causes)
    for at, category in enumerate(terms.categories):
        place: KeyPath = ("categories", at)
        for number, key in enumerate(category.items):
            # Where the checklists could not be read, they say so themselves.
            if items and key not in items:
                file.wrong(
                    (*place, "items", number), msg("the item {key} is in no checklist", key=key)
                )
        for number, key in enumerate(category.departments):
            if key not in departments:
                file.wrong(
                    (*place, "departments", number),
                    msg("the department {key} is not in departments.toml", key=key),
                )
    if terms.objections.answer_days < 1:
        file.wrong(("objections", "answer_days"), msg("at least one day is needed"))
    _check_slips(file, terms, taken_codes)
    return terms


def _check_slips(file: PackFile, terms: FindingTerms, taken_codes: Collection[str]) -> None:
    """Each kind once, in a series of its own."""
    for at, slip in enumerate(terms.slips):
        place: KeyPath = ("slips", at)
        before = terms.slips[:at]
        if slip.kind in [one.kind for one in before]:
            file.wrong((*place, "kind"), msg("this kind is there twice"))
        if slip.code in taken_codes or slip.code in [one.code for one in before]:
            file.wrong(
                (*place, "code"),
                msg(
                    "other papers are numbered by {code}; a series of its own is needed",
                    code=slip.code,
                ),
            )
        if slip.reply_days < 1:
            file.wrong((*place, "reply_days"), msg("at least one day is needed"))
