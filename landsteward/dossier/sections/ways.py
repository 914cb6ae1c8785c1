"""The ways out a plan chose: how each stood, on which law and facts, and why it was chosen."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_plan_view import DossierWay
from landsteward.domain.chosen_ways import WayFact, WayReason, WayState
from landsteward.dossier.paper import Pair, Paper
from landsteward.dossier.wording import Wording


def chosen_ways(paper: Paper, ways: tuple[DossierWay, ...]) -> list[Flowable]:
    """One row a way, in the order of the findings they answer."""
    story = paper.subheading("plan.paths")
    if not ways:
        return story + paper.nothing("plan.no_paths")
    story.append(paper.sheet([_way(paper.words, one) for one in ways]))
    return story


def _way(words: Wording, one: DossierWay) -> Pair:
    chosen = one.chosen
    lines = [
        words(
            "ways.state",
            number=one.finding_no,
            state=words(f"way_state.{chosen.state}"),
            day=words.day(chosen.chosen_on),
        )
    ]
    lines += [words.basis(basis) for basis in one.bases]
    lines += [_reason(words, reason) for reason in chosen.reasons]
    if chosen.why.strip():
        key = "ways.why" if chosen.state is WayState.OPEN else "ways.nevertheless"
        lines.append(words(key, text=chosen.why))
    return Pair(one.name, "\n".join(lines), wide=True)


def _reason(words: Wording, reason: WayReason) -> str:
    separator = words("common.list_separator")
    said = words(
        "ways.reason",
        kind=words(f"way_reason.{reason.kind}"),
        text=reason.text,
        facts=separator.join(_fact(words, one) for one in reason.facts),
    )
    bases = separator.join(words.basis(basis) for basis in reason.bases)
    return words("ways.rests_on", said=said, bases=bases) if bases else said


def _fact(words: Wording, one: WayFact) -> str:
    name = words.words.get(f"way_fact.{one.name}", one.name)
    return words("ways.fact", name=name, value=_value(words, one))


def _value(words: Wording, one: WayFact) -> str:
    if one.value is None:
        return words("ways.not_on_record")
    if one.value in ("yes", "no"):
        return words.yes_no(one.value == "yes")
    return words.words.get(f"way_value.{one.value}", one.value)
