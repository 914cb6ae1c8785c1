"""Gathering a case for its paper, so that it can be laid out away from the database thread."""

from dataclasses import replace

from landsteward.app.dossier_view import DossierView


def detached(view: DossierView) -> DossierView:
    """The view with the contents of its pictures at hand, so that it may leave the database thread.

    Of the evidence nothing else is printed from its bytes.
    """
    printed = {one.printed for one in view.evidence if one.is_picture}
    contents = {sha256: view.content(sha256) for sha256 in printed}
    return replace(view, content=contents.__getitem__)
