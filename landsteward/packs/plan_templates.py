"""`plans.toml`: templates of plans, whose ways, categories and items must exist."""

from collections.abc import Collection

from landsteward.domain.plan_templates import PlanTemplate
from landsteward.domain.text import msg
from landsteward.packs.checks import MOST_DAYS, unique_keys
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake
from landsteward.packs.reading import PackFile


def load_plan_templates(
    folder: PackFolder,
    mistakes: list[Mistake],
    *,
    categories: Collection[str],
    items: Collection[str],
    ways: Collection[str],
) -> tuple[PlanTemplate, ...]:
    """The templates of a pack, in their order."""
    file = PackFile(folder, "plans.toml", mistakes)
    templates = file.records("templates", PlanTemplate)
    for at, one in enumerate(templates):
        if one is None:
            continue
        place: KeyPath = ("templates", at)
        _known(file, (*place, "categories"), one.categories, categories)
        _known(file, (*place, "items"), one.items, items)
        _known(file, (*place, "ways"), one.ways, ways)
        for number, step in enumerate(one.steps):
            here = (*place, "steps", number)
            for name, day in (("start_day", step.start_day), ("due_day", step.due_day)):
                if day is not None and not 0 <= day <= MOST_DAYS:
                    file.wrong((*here, name), msg("between 0 and {days} days", days=MOST_DAYS))
            if (
                step.start_day is not None
                and step.due_day is not None
                and step.due_day < step.start_day
            ):
                file.wrong((*here, "due_day"), msg("the step would end before it starts"))
            if step.cost_wan is not None and step.cost_wan < 0:
                file.wrong((*here, "cost_wan"), msg("a cost is not negative"))
    return tuple(unique_keys(file, "templates", templates).values())


def _known(file: PackFile, place: KeyPath, named: tuple[str, ...], known: Collection[str]) -> None:
    """Keys that exist; where the file they stand in could not be read, it says so itself."""
    for at, key in enumerate(named):
        if known and key not in known:
            file.wrong((*place, at), msg("the pack has nothing of the key {key}", key=key))
