"""Posts as social tools send them to Slack: eight formats, each made of a customer's values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Post = dict[str, Any]


@dataclass(frozen=True)
class Values:
    """What a customer wrote, and where."""

    handle: str
    name: str
    words: str
    number: str
    """Of the post or conversation, digits."""
    stars: int = 2
    day: str = "2026-11-22"


def x_app(it: Values) -> Post:
    """Slack's own app for X: the address alone, unfurled below by Slack's server."""
    url = f"https://x.com/{it.handle}/status/{it.number}"
    return {
        "subtype": "bot_message",
        "bot_id": "B0X",
        "app_id": "A0X",
        "username": "X",
        "text": f"<{url}>",
        "attachments": [
            {
                "from_url": url,
                "service_name": "X (formerly Twitter)",
                "author_name": f"{it.name} (@{it.handle})",
                "author_link": f"https://x.com/{it.handle}",
                "text": it.words,
                "footer": "X",
                "ts": 1795370400,
                "fallback": f"{it.name} (@{it.handle}): {it.words}",
            }
        ],
    }


def zapier_line(it: Values) -> Post:
    """A line of a workflow tool, as people write it there."""
    url = f"https://twitter.com/{it.handle}/status/{it.number}"
    return {
        "bot_id": "B0ZAP",
        "bot_profile": {"id": "B0ZAP", "app_id": "A0ZAP", "name": "Zapier"},
        "text": f"New tweet by @{it.handle}: {it.words} <{url}|View tweet>",
    }


def hootsuite(it: Values) -> Post:
    """An attachment with author, fields and a title that is a link."""
    return {
        "bot_id": "B0HOOT",
        "app_id": "A0HOOT",
        "text": "",
        "attachments": [
            {
                "pretext": "New message in your inbox",
                "author_name": it.name,
                "title": "View in Inbox",
                "title_link": f"https://app.inbox.example/conversations/{it.number}?view=all",
                "text": it.words,
                "fields": [
                    {"title": "Network", "value": "Instagram", "short": True},
                    {"title": "Username", "value": f"@{it.handle}", "short": True},
                    {"title": "Sentiment", "value": "Negative", "short": True},
                    {"title": "Brand", "value": "Nordkaffe", "short": True},
                ],
                "ts": "1795370400",
            }
        ],
    }


def intercom(it: Values) -> Post:
    """Blocks: a sentence, a quotation, and a button."""
    return {
        "bot_id": "B0ICOM",
        "app_id": "A0ICOM",
        "text": f"{it.name} sent a message on Facebook",
        "blocks": [
            {
                "type": "section",
                "text": {
                    "type": "mrkdwn",
                    "text": f"*{it.name}* sent a message on Facebook\n&gt; {it.words}",
                },
            },
            {"type": "divider"},
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "Open conversation"},
                        "url": f"https://app.intercom.example/a/inbox/ab12/conversation/{it.number}",
                    }
                ],
            },
        ],
    }


def webhook(it: Values) -> Post:
    """A webhook whose name says what it is."""
    return {
        "subtype": "bot_message",
        "bot_id": "B0HOOK",
        "username": "Instagram comment",
        "text": f"{it.handle}: {it.words}",
    }


def review_tool(it: Values) -> Post:
    """Stars, a labelled list and a time with its offset."""
    filled = "★" * it.stars + "☆" * (5 - it.stars)
    return {
        "bot_id": "B0REV",
        "app_id": "A0REV",
        "text": f"New Google review for Nordkaffe Stockholm {filled}",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "New Google review"}},
            {
                "type": "section",
                "fields": [
                    {"type": "mrkdwn", "text": f"*Reviewer:*\n{it.name}"},
                    {"type": "mrkdwn", "text": f"*Rating:*\n{filled}"},
                    {"type": "mrkdwn", "text": "*Location:*\nNordkaffe Stockholm"},
                    {"type": "mrkdwn", "text": f"*Posted:*\n{it.day}T09:59:00+00:00"},
                ],
            },
            {"type": "section", "text": {"type": "mrkdwn", "text": f"*Review:*\n{it.words}"}},
            {
                "type": "context",
                "elements": [
                    {"type": "mrkdwn", "text": f"<https://g.page/r/{it.number}/review|Open review>"}
                ],
            },
        ],
    }


def helpdesk(it: Values) -> Post:
    """Labelled lines in one text, as helpdesks mirror tickets."""
    return {
        "bot_id": "B0DESK",
        "app_id": "A0DESK",
        "text": (
            f"*New ticket*\n*From:* {it.name}\n*Channel:* WhatsApp\n*Ticket ID:* {it.number}\n"
            f"*Message:* {it.words}\n<https://desk.example/tickets/{it.number}|Open ticket>"
        ),
    }


def rich(it: Values) -> Post:
    """Rich text: a mention with a linked handle, and a quotation."""
    return {
        "bot_id": "B0RICH",
        "app_id": "A0RICH",
        "text": "",
        "blocks": [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "You were mentioned on TikTok by "},
                            {
                                "type": "link",
                                "url": f"https://www.tiktok.com/@{it.handle}/video/{it.number}",
                                "text": f"@{it.handle}",
                            },
                        ],
                    },
                    {
                        "type": "rich_text_quote",
                        "elements": [{"type": "text", "text": it.words}],
                    },
                ],
            }
        ],
    }


FORMATS: dict[str, Callable[[Values], Post]] = {
    each.__name__: each
    for each in (
        x_app,
        zapier_line,
        hootsuite,
        intercom,
        webhook,
        review_tool,
        helpdesk,
        rich,
    )
}
