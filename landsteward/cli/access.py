"""Who may what in a workspace, at the command line."""

from pathlib import Path

import click

from landsteward.app.language import render, tr
from landsteward.cli.basics import DONE, json_option, opened, put, workspace_option


@click.command()
@workspace_option
@json_option
def roles(workspace: Path, as_json: bool) -> int:
    """角色权限表 / who may do what, and who sees whom."""
    from landsteward.app.access_table import access_table
    from landsteward.domain.permission_words import ACTION_WORDS, ROLE_WORDS, SEES_WORDS
    from landsteward.domain.states import Role

    with opened(workspace, writing=False) as context:
        table = access_table(context)
    if as_json:
        put(
            {
                "actions": [
                    {
                        "action": row.action.value,
                        "name": render(ACTION_WORDS[row.action]),
                        "roles": [role.value for role in row.roles],
                        "why": render(row.why),
                        "plan_item": row.source or None,
                    }
                    for row in table.actions
                ],
                "sees": {role.value: sees.value for role, sees in table.sees.items()},
                "masked": {
                    role.value: sorted(
                        kind.value for other, kind in table.access.masked if other is role
                    )
                    for role in Role
                },
                "grace_days": table.access.grace_days,
            }
        )
        return DONE
    for row in table.actions:
        who = tr(", ").join(render(ROLE_WORDS[role]) for role in row.roles)
        click.echo(f"{render(ACTION_WORDS[row.action])}\t{who}\t{render(row.why)}")
    for role, sees in table.sees.items():
        click.echo(f"{render(ROLE_WORDS[role])}\t{tr('sees')}\t{render(SEES_WORDS[sees])}")
    return DONE
