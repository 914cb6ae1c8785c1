"""What holds for every test: no screen, no leaks, no unexpected log records, no random dates."""

import os

# Before anything loads Qt: tests never open a window on the screen of whoever runs them.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from hypothesis import settings

pytest_plugins = ["pytester", "tests.helpers.flashes", "tests.helpers.leaks", "tests.helpers.logs"]

# On a busy machine a deadline finds only the machine. CI draws the same examples every time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
