"""A campaign in words: its figures in one line, and what to do next."""

from landsteward.app.campaign_progress import CampaignStep, CampaignView
from landsteward.app.language import tr
from landsteward.domain.states import VisitStage
from ui import words


def in_figures(view: CampaignView) -> str:
    """How many enterprises, where their visits stand, what is due and what was found."""
    stages = view.overall.stages
    parts = [
        tr("{count} enterprises", count=f"{view.enterprises:,}"),
        *(f"{words.visit_stage(stage)} {stages[stage]:,}" for stage in VisitStage if stages[stage]),
    ]
    if view.due_today:
        parts.append(tr("{count} due today", count=view.due_today))
    if view.late:
        parts.append(tr("{count} whose day has passed", count=f"{view.late:,}"))
    if view.overall.problems:
        parts.append(
            tr(
                "{count} problems at {enterprises}",
                count=f"{view.overall.problems:,}",
                enterprises=f"{view.overall.with_problems:,}",
            )
        )
    return " · ".join(parts)


def next_words(view: CampaignView) -> str:
    """What the page's filled button does; empty where nothing is left to do."""
    if view.step is CampaignStep.VISIT and view.next_visit is None:
        return tr("See the day plan")
    return {
        CampaignStep.CHOOSE: tr("Choose enterprises"),
        CampaignStep.DRAW_TOGETHER: tr("See {count} joint visits", count=f"{view.joinable:,}"),
        CampaignStep.SET_DAYS: tr(
            "Set the day of {count} visits",
            count=f"{view.overall.stages[VisitStage.PLANNED]:,}",
        ),
        CampaignStep.VISIT: tr("Open the next visit"),
        CampaignStep.END: tr("End the campaign"),
        CampaignStep.NOTHING: "",
    }[view.step]
