"""What stands in the way: reported with who must act, cleared on a day, and seen in the colour."""

from datetime import timedelta

import pytest

from landsteward.app.colours import standing, step_standings
from landsteward.app.obstacles import (
    clear_obstacle,
    obstacles_of,
    report_obstacle,
    stand_again,
)
from landsteward.app.plan_reading import plan_sheet
from landsteward.domain.colours import Colour
from landsteward.domain.errors import RefusedMoveError
from tests.helpers.casework import rectifying
from tests.helpers.office import Office


def test_an_obstacle_colours_its_step_until_it_is_cleared(office: Office) -> None:
    case, _, plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    firm = office.consultant
    since = firm.today()
    said = {"case_id": case.id, "cause": "缺施工图", "must_act": "设计院"}
    for wrong, why in (
        ({"cause": " "}, "stands in the way"),
        ({"must_act": ""}, "who has to act"),
    ):
        with pytest.raises(RefusedMoveError, match=why):
            report_obstacle(firm, since_on=since, **(said | wrong))
    with pytest.raises(RefusedMoveError, match="day that has come"):
        report_obstacle(firm, since_on=since + timedelta(days=1), **said)
    with pytest.raises(RefusedMoveError, match="role"):
        report_obstacle(office.reader, since_on=since, **said)
    assert step_standings(firm, case_id=case.id)[step.id].colour is Colour.GREEN
    blocked = report_obstacle(firm, since_on=since, step_id=step.id, **said)
    assert step_standings(firm, case_id=case.id)[step.id].colour is Colour.YELLOW
    found = standing(firm, case_id=case.id)
    assert "Step 1 blocked for 0 days: 缺施工图" in [str(one) for one in found.reasons]
    office.clock.pass_days(15)
    assert standing(firm, case_id=case.id).colour is Colour.RED
    with pytest.raises(RefusedMoveError, match="cleared between"):
        clear_obstacle(firm, obstacle_id=blocked.id, cleared_on=since - timedelta(days=1))
    cleared = clear_obstacle(firm, obstacle_id=blocked.id, cleared_on=firm.today(), how="已出图")
    assert obstacles_of(firm, case_id=case.id) == [cleared]
    reasons = [str(one) for one in standing(firm, case_id=case.id).reasons]
    assert not any("blocked" in one for one in reasons)
    with pytest.raises(RefusedMoveError, match="cleared already"):
        clear_obstacle(firm, obstacle_id=blocked.id, cleared_on=firm.today())
    assert stand_again(firm, obstacle_id=blocked.id).cleared_on is None
    assert standing(firm, case_id=case.id).colour is Colour.RED
