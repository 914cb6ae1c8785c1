"""`visits.toml`: how often a department may visit an enterprise in a year."""

from collections.abc import Collection

from landsteward.domain.text import msg
from landsteward.domain.visit_cap import VisitCap
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import Mistake
from landsteward.packs.reading import PackFile


def read_visit_cap(
    folder: PackFolder, mistakes: list[Mistake], departments: Collection[str]
) -> VisitCap:
    """The cap a pack sets; none where the file has a mistake, which is noted."""
    before = len(mistakes)
    file = PackFile(folder, "visits.toml", mistakes)
    for other in file.content.keys() - {"cap"}:
        file.wrong((other,), msg("this key is not known here"))
    if "cap" not in file.content:
        if len(mistakes) == before:
            file.wrong(("cap",), msg("this key is missing"))
        return VisitCap()
    cap = file.record(file.content["cap"], VisitCap, ("cap",))
    if cap is None:
        return VisitCap()
    if cap.most < 1:
        file.wrong(("cap", "most"), msg("at least one visit a year"))
    for key, most in cap.departments.items():
        place = ("cap", "departments", key)
        if key not in departments:
            file.wrong(place, msg("the department {key} is not in departments.toml", key=key))
        elif most < 1:
            file.wrong(place, msg("at least one visit a year"))
    return cap
