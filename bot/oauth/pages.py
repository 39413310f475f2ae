"""What a browser shows to whoever installs Kepi: that it worked, or what would."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.response import BoltResponse

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 18px/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh;
  place-items: center; background: #f6f6f4; color: #1d1c1d }}
main {{ max-width: 30rem; padding: 2rem }}
h1 {{ font-size: 1.5rem; margin: 0 0 .5rem }}
a {{ display: inline-block; margin-top: 1rem; padding: .6rem 1.1rem; border-radius: .4rem;
  background: #1d4f91; color: #fff; text-decoration: none; font-weight: 600 }}
</style></head>
<body><main><h1>{title}</h1><p>{words}</p>{link}</main></body></html>
"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
AGAIN = "/slack/install"
TROUBLE: Mapping[str, str] = {
    "access_denied": "Nothing was installed: you said no to Slack. You can begin again any time.",
    "invalid_browser": "This page has to be opened in the browser in which you began. Begin again.",
    "invalid_state": "That link was used before, or is older than ten minutes. Begin again.",
    "missing_code": "Slack sent nothing to install with. Begin again.",
    "invalid_code": "Slack didn't take the code: it lasts ten minutes and works once. Begin again.",
    "org_install": (
        "Kepi serves one workspace at a time, not a whole organization. Begin again, and at the "
        "top right of Slack's page choose one workspace. Others install it in the same way."
    ),
}
OTHERWISE = "It didn't work, and nothing was changed. Begin again; whoever runs Kepi has the log."


class OrgInstall(BoltError):
    """Somebody let Kepi into a whole organization, which it does not serve."""


def page(title: str, words: str, link: tuple[str, str] | None = None) -> str:
    """Return a page; everything in it is escaped here."""
    shown = f'<a href="{escape(link[1])}">{escape(link[0])}</a>' if link else ""
    return PAGE.format(title=escape(title), words=escape(words), link=shown)


async def succeed(given: AsyncSuccessArgs) -> BoltResponse:
    """Say that Kepi is there, and lead to its Home."""
    done = given.installation
    team, app = quote(str(done.team_id or "")), quote(str(done.app_id or ""))
    where = f" in {done.team_name}" if done.team_name else ""
    words = "It has written to you in Slack. Its Home has the first three steps."
    link = ("Open Kepi in Slack", f"slack://app?team={team}&id={app}&tab=home")
    return BoltResponse(
        status=200, body=page(f"Kepi is installed{where}", words, link), headers={**HEADERS}
    )


async def fail(given: AsyncFailureArgs) -> BoltResponse:
    """Say what went wrong and how to begin again; what Slack sent is not shown."""
    reason, status = given.reason, given.suggested_status_code
    if isinstance(given.error, OrgInstall):  # bolt calls whatever ends the keeping “storage_error”
        reason, status = "org_install", 400
    body = page("Kepi isn't installed", TROUBLE.get(reason, OTHERWISE), ("Begin again", AGAIN))
    return BoltResponse(status=status, body=body, headers={**HEADERS})


OPTIONS = AsyncCallbackOptions(success=succeed, failure=fail)
