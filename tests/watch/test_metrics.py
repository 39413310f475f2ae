"""``/metrics``: right counts in Prometheus' words, and nobody's name in them."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.watch.conftest import CALM, House, OpenHouse
from tests.watch.test_health import eventually


async def samples(house: House) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return every value by its name and labels."""
    families = text_string_to_metric_families(await house.metrics())
    return {
        (it.name, frozenset(it.labels.items())): it.value
        for family in families
        for it in family.samples
    }


def of(**labels: str) -> frozenset[tuple[str, str]]:
    return frozenset(labels.items())


async def test_what_happened_is_counted(open_house: OpenHouse) -> None:
    """Acknowledgements, calls with their limits, charts, deliveries by kind and state."""
    async with open_house(CALM) as house:
        slack, mia = house.street.slack, house.street.slack.person("mia")
        slack.faults.storm(3, retry_after=0, method="users.info")
        for _ in range(4):
            assert (await mia.command("/kpi status", "#marketing")).ok
        await house.add("now")
        await house.add("later", minutes=-60)
        await eventually(sent(house))
        await house.running.context.tasks.settle()
        found = await samples(house)
        asked = of(kind="slash_commands", acked="true")
        assert found["kepi_ack_seconds_count", asked] == 4
        assert found["kepi_ack_seconds_bucket", asked | of(le="+Inf")] == 4
        assert found["kepi_slack_calls_total", of(method="users.info", outcome="limited")] == 3
        posts = len(slack.calls_of("chat.postMessage"))
        assert found["kepi_slack_calls_total", of(method="chat.postMessage", outcome="ok")] == posts
        assert found["kepi_deliveries", of(kind="ops", state="sent")] == 1
        assert found["kepi_deliveries", of(kind="ops", state="due")] == 1
        assert found["kepi_overdue", of()] == 0
        assert found["kepi_healthy", of(part="ok")] == 1
        assert found["kepi_database_bytes", of()] > 100_000
        assert found["kepi_task_seconds_count", of(task="send_due")] >= 1
        assert 0 < found["kepi_start_duration_seconds", of()] < 600
        assert found["kepi_audits_total", of(outcome="passed")] >= 1


async def test_nobody_is_named(open_house: OpenHouse) -> None:
    """No workspace, channel, person or word of anybody after all kinds of traffic."""
    async with open_house(CALM) as house:
        slack, mia = house.street.slack, house.street.slack.person("mia")
        await mia.command("/kpi likes of secretbrand last week", "#marketing")
        await mia.say("dm", "hello secretbrand")
        await house.add("secretperiod")
        await eventually(sent(house))
        await slack.settle()
        await house.running.context.tasks.settle()
        page = (await house.metrics()).lower()
        hidden = ["secretbrand", "secretperiod", "marketing", "mia", "xoxb", slack.url.lower()]
        hidden += [channel.lower() for channel in slack.space.channels]
        hidden += [person.id.lower() for person in slack.space.seed.members]
        hidden += [slack.space.seed.team.id.lower(), "acme"]
        assert [it for it in hidden if it in page] == []


def sent(house: House):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return any("I am working again" in it for it in house.said())

    return look
