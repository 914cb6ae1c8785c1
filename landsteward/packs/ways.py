"""The ways out of a pack, read from `paths.toml` and checked."""

from collections.abc import Collection
from dataclasses import dataclass

from landsteward.domain.text import msg
from landsteward.domain.ways.judging import NOT_IN_FORCE
from landsteward.domain.ways.paths import RemedyPath, WayCondition
from landsteward.domain.ways.predicates import CONDITIONS
from landsteward.packs.checks import MOST_DAYS, References, unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake
from landsteward.packs.reading import PackFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What ways out may name: keys of categories, checklist items and automatic rules."""

    categories: Collection[str]
    items: Collection[str]
    rules: Collection[str]


def load_ways(
    folder: PackFolder, mistakes: list[Mistake], references: References, known: Known
) -> tuple[RemedyPath, ...]:
    """The ways out, each with conditions whose predicates exist and laws that are listed."""
    file = PackFile(folder, "paths.toml", mistakes)
    paths = file.records("paths", RemedyPath)
    for at, path in enumerate(paths):
        if path is not None:
            _check(file, ("paths", at), path, references, known)
    return tuple(unique_keys(file, "paths", paths).values())


def _check(
    file: PackFile, place: KeyPath, path: RemedyPath, references: References, known: Known
) -> None:
    # Courts follow their own law, so a way may rest on nothing.
    references.bases(file, (*place, "bases"), path.bases, needed=False)
    _names(file, (*place, "categories"), path.categories, known.categories)
    _names(file, (*place, "items"), path.items, known.items)
    _names(file, (*place, "rules"), path.rules, known.rules)
    seen: set[str] = set()
    for name, several in (("blocks", path.blocks), ("conditions", path.conditions)):
        for at, condition in enumerate(several):
            here = (*place, name, at)
            if condition.key in seen:
                file.wrong((*here, "key"), msg("the key {key} is used twice", key=condition.key))
            if condition.key == NOT_IN_FORCE:
                file.wrong((*here, "key"), msg("the program uses this key itself"))
            seen.add(condition.key)
            _condition(file, here, condition, references)
            if name == "blocks" and condition.can_be_met:
                file.wrong((*here, "can_be_met"), msg("a block closes the way"))
    for at, step in enumerate(path.steps):
        if step.days is not None and not 1 <= step.days <= MOST_DAYS:
            file.wrong(
                (*place, "steps", at, "days"),
                msg("between 1 and {days} days", days=MOST_DAYS),
            )
    if len(path.papers_en) not in (0, len(path.papers)):
        file.wrong((*place, "papers_en"), msg("as many as in Chinese, or none"))


def _condition(
    file: PackFile, place: KeyPath, condition: WayCondition, references: References
) -> None:
    references.bases(file, (*place, "bases"), condition.bases, needed=False)
    predicate = CONDITIONS.get(condition.predicate)
    if predicate is None:
        file.wrong(
            (*place, "predicate"),
            msg(
                "there is no predicate {name}; there are: {known}",
                name=condition.predicate,
                known=", ".join(CONDITIONS),
            ),
        )
        return
    given = condition.params.keys()
    for name in sorted(predicate.params - given):
        file.wrong((*place, "params", name), msg("this parameter is missing"))
    for name in sorted(given - predicate.params):
        file.wrong((*place, "params", name), msg("the predicate has no such parameter"))
    for name in sorted(given):
        if condition.params[name] < 0:
            file.wrong((*place, "params", name), msg("a limit is not below zero"))
    if predicate.by_fact and not condition.fact:
        file.wrong((*place, "fact"), msg("this key is missing"))
    elif condition.fact and not predicate.by_fact:
        file.wrong((*place, "fact"), msg("the predicate has no use for this key"))


def _names(file: PackFile, place: KeyPath, named: tuple[str, ...], known: Collection[str]) -> None:
    """Keys that exist; where the file they stand in could not be read, it says so itself."""
    for at, key in enumerate(named):
        if known and key not in known:
            file.wrong((*place, at), msg("the pack has nothing of the key {key}", key=key))
