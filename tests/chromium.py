"""The Chromium of this computer, for tests that open what was made as its readers do."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
"""Where it is; "" where there is none."""
