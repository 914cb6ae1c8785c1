"""Which slips are about a finding: those that went out from it, those it was named on beside."""

from landsteward.app.context import Context
from landsteward.domain.disposals import Referral
from landsteward.domain.findings import Finding


def slips_about(ctx: Context, *, finding_id: str) -> list[Referral]:
    """The slips about a finding, in the order they went out; voided ones too."""
    space = ctx.workspace
    beside = space.referral_findings.where(finding_id=finding_id)
    found = [
        *space.referrals.where(finding_id=finding_id),
        *(space.referrals.get(one.referral_id) for one in beside),
    ]
    return sorted(found, key=lambda one: one.id)


def findings_of(ctx: Context, *, slip: Referral) -> tuple[Finding, ...]:
    """What a slip is about, the finding it went out from first."""
    space = ctx.workspace
    beside = space.referral_findings.where(referral_id=slip.id)
    ids = [slip.finding_id, *(one.finding_id for one in beside)]
    return tuple(space.findings.get(one) for one in ids)
