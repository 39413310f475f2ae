"""The town of the Slack tests, for journeys of matches."""

from tests.slack.conftest import enter, socket_town, town

__all__ = ["enter", "socket_town", "town"]
