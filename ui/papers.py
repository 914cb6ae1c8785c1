"""Gathering a case for its paper, so that it can be laid out away from the database thread."""

from dataclasses import replace

from landsteward.app.dossier_view import DossierView


def detached(view: DossierView) -> DossierView:
    """The view with its evidence's bytes at hand, so that it may leave the database thread."""
    contents = {one.evidence.sha256: view.content(one.evidence.sha256) for one in view.evidence}
    return replace(view, content=contents.__getitem__)
