"""The sample park: a small fictional workspace with cases at every stage.

Built through the same use cases as everything else, by a clock that walks through the months
before the day asked for. What it holds is data in `resources/sample`.
"""

from landsteward.sample.build import build_sample

__all__ = ["build_sample"]
