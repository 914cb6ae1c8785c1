"""The ways out a plan chose: how each stood, on which law and facts, and why it was chosen."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_plan_view import DossierWay
from landsteward.domain.chosen_ways import ReasonKind, WayFact, WayReason, WayState
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
    """How it stood and why it was chosen first; what was met in one line at the end."""
    chosen = one.chosen
    lines = [
        words(
            "ways.state",
            number=one.finding_no,
            state=words(f"way_state.{chosen.state}"),
            day=words.day(chosen.chosen_on),
        )
    ]
    if chosen.why.strip():
        key = "ways.why" if chosen.state is WayState.OPEN else "ways.nevertheless"
        lines.append(words(key, text=chosen.why))
    lines += [words.basis(basis) for basis in one.bases]
    met = [reason for reason in chosen.reasons if reason.kind is ReasonKind.MET]
    lines += [_reason(words, reason) for reason in chosen.reasons if reason not in met]
    if met:
        listed = words("ways.separator").join(_said(words, reason) for reason in met)
        lines.append(words("ways.met", list=listed))
    return Pair(one.name, "\n".join(lines), wide=True)


def _reason(words: Wording, reason: WayReason) -> str:
    """What is not met, with the law it is asked by."""
    kind = words(f"way_reason.{reason.kind}")
    said = words("ways.reason", kind=kind, text=_said(words, reason))
    bases = words("common.list_separator").join(words.basis(basis) for basis in reason.bases)
    return words("ways.rests_on", said=said, bases=bases) if bases else said


def _said(words: Wording, reason: WayReason) -> str:
    facts = words("common.list_separator").join(_fact(words, one) for one in reason.facts)
    return words("ways.said", text=reason.text, facts=facts)


def _fact(words: Wording, one: WayFact) -> str:
    name = words.words.get(f"way_fact.{one.name}", one.name)
    return words("ways.fact", name=name, value=_value(words, one))


def _value(words: Wording, one: WayFact) -> str:
    if one.value is None:
        return words("ways.not_on_record")
    if one.name == "found_out":
        return words(f"way_value.found_{one.value}")
    if one.value in ("yes", "no"):
        return words.yes_no(one.value == "yes")
    return words.words.get(f"way_value.{one.value}", one.value)
