"""A window over a register of many enterprises, and a campaign in it."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from landsteward.app.campaign_visits import add_enterprises
from landsteward.app.campaigns import plan_campaign
from landsteward.app.context import Context
from landsteward.app.register import add_enterprise
from landsteward.domain.campaigns import Campaign
from tests.helpers.windows import Driver

T = TypeVar("T")


def asked(driver: Driver, fn: Callable[[Context], T]) -> T:
    """What the workspace says, behind the window's back."""
    answers: list[T] = []
    driver.window.operations.query(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


def done(driver: Driver, fn: Callable[[Context], T]) -> T:
    """Something done behind the window's back."""
    answers: list[T] = []
    driver.window.operations.change(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


@pytest.fixture
def county(office_window: Driver) -> Driver:
    """21 enterprises: the office's own and 样品00号厂 to 样品19号厂."""

    def fill(ctx: Context) -> None:
        with ctx.change():
            for number in range(20):
                add_enterprise(ctx, name=f"样品{number:02}号厂")

    done(office_window, fill)
    return office_window


@pytest.fixture
def planned(county: Driver) -> Campaign:
    """A campaign of the office's enterprise and four more, without days."""

    def plan(ctx: Context) -> Campaign:
        made = plan_campaign(ctx, name="第一批", inspectors=[ctx.actor.id])
        names = ("示例机械制造有限公司", *(f"样品0{number}号厂" for number in range(4)))
        ids = [ctx.workspace.enterprises.where(name=name)[0].id for name in names]
        add_enterprises(ctx, campaign_id=made.id, enterprise_ids=ids)
        return made

    return done(county, plan)
