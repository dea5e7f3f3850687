"""The suite's settings with the feature app plugged in: one line."""

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS

INSTALLED_APPS = ["tests.feature_app", *INSTALLED_APPS]
