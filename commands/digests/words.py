"""The words of digests in Slack; numbers are worded in ``kpis``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from kpis.digests.plan import Plan

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NONE_YET = "No digest is set up yet. It comes by itself, on Mondays at 09:00 unless you choose."
SET_UP, PREVIEW, SEND_NOW, PAUSE, RESUME = "Set up", "Preview", "Send now", "Pause", "Resume"
CHANGE, HISTORY, REMOVE, UNDO, AGAIN = "Change", "History", "Remove", "Undo", "Send it to me"
FORM = "Set up a digest"
FORM_COMMENT = "Add a comment"
FORM_SHARED = "Another company"
OPEN = "Digests are set up in a form."
OPEN_BUTTON = "Open the form"
GUESTS = "Guests can read digests. A member of the workspace can set one up."
NOT_YOURS = "Only {owner}, who looks after this digest, or a Slack admin can change it."
TAKEN = "#{name} has {cadence} digest already. Change that one: /kpi digest"
STALE = "Somebody saved this digest while you had the form open. Open it again: /kpi digest"
NO_DATA = "No data yet for {kpis}. Leave it out, or add data first: drop an export in Messages."
TOO_MANY = "A digest holds 10 KPIs at most, or nobody reads it. Leave {over} out."
GUEST_OWNER = "{name} can't look after a digest: choose a member of the workspace."
SLOW = "Slack took too long to tell me about that channel. Press Save again."
SHARED = (
    "#{name} is shared with another company. Its people would read these numbers "
    "every time. Name the company to say yes."
)
SHARED_AGAIN = "#{name} is shared with another company now: /kpi digest, then Change, to say yes."
COMPANY = "The company that reads along"
UNKNOWN = "I don't know “{word}”. Try: /kpi digest preview, send, pause, resume, history or setup"
WHICH = "Which digest?"
NOT_THERE = "No digest is set up for that channel. /kpi digest setup makes one."
SENDING = "{period} is on its way to {channel}."
SENT_ALREADY = "{period} is in {channel} already, since {when}."
SEND_AGAIN = "Send it again"
PAUSED = "Paused. Nothing goes to {channel} until somebody presses Resume."
RESUMED = "It goes on. The next one comes on {when}."
REMOVED = "Removed. Nothing more goes to {channel}; what was sent stays."
ASK_REMOVE = "Remove {cadence} digest of {channel}? What was sent stays."
YES_REMOVE, KEEP = "Remove it", "Keep it"
KEPT = "Nothing was changed."
RESTORED = "It is back. The next one comes on {when}."
BEFORE = "Goes to {channel} at {time}."
SEE, COMMENT, HOLD = "See it", "Add a comment", "Hold"
HELD = "Held by {who}: it does not go to {channel}."
RELEASE, SEND_IT = "Release", "Send now"
RELEASED_NOW = "Released. It goes to {channel} now."
TOO_LATE_TO_HOLD = "It is out already, since {when}."
OVER = "That one is over. The next one comes on {when}."
COMMENTED = "Your comment stands above the numbers. [See it] shows how."
UNCOMMENTED = "Your comment is gone."
COMMENT_FIELD = "One line above the numbers"
COMMENT_HINT = "Shown with your name. Leave it empty to take it away."
MISSING = "For {day} I still need {what}."
HOW_TO_EXPORT, SEND_WITHOUT = "How to export", "Send without"
GOES_WITHOUT = "It goes out without {what}."
HOW = (
    "Export the days after the last ones that I have, as CSV or XLSX, and drop the file here. "
    "I show what it would add before anything is stored."
)
EXPORTS = {
    "instagram": "Meta Business Suite → Insights → Content → Export, Instagram posts",
    "facebook": "Meta Business Suite → Insights → Content → Export, Facebook posts",
    "x": "X Analytics → Content → Download data",
    "tiktok": "TikTok Studio → Analytics → Content → Download data",
    "linkedin": "LinkedIn page → Analytics → Content → Export",
    "youtube": "YouTube Studio → Analytics → Advanced mode → Export",
    "web": "Google Analytics → Reports → Share → Download file",
}
PREVIEWED = "Preview: only you see this."
PREVIEW_IN_DM = "With its picture it is in our direct message."
NO_PREVIEW = "Slack did not take the preview. Try again in a minute."
TAKE, NOT_NOW = "I'll do it", "Not now"
TAKEN_BY = "{name} does this; I come back on {day} with before and after."
YOURS = "It is yours; the thread says so. I come back on {day} with before and after."
HAS_IT = "{name} has it already, since {day}."
DECLINED = "Noted: not now. I offer something else next time."
WAS_DECLINED = "{name} said “not now” already."
GIVE_BACK = "Give it back"
GIVEN_BACK = "It is nobody's again."
SOMEBODY_ELSE_S = "Somebody else has it by now."
PDF_SENT = "The document is in your direct messages with Kepi."
PDF_FAILED = "The document could not be made. The digest stands."
SENT_TO_YOU = "It is in your direct messages with Kepi."
LATE = "Late: was due {when}."


def say_time(plan: Plan) -> str:
    """Return “09:00, Stockholm time”."""
    from kpis.wording import say_zone

    return f"{plan.hour:02d}:{plan.minute:02d}, {say_zone(plan.zone)}"


def say_rhythm(plan: Plan) -> str:
    """Return “Mondays at 09:00, Stockholm time”."""
    match plan.cadence:
        case "daily":
            days = "Every day"
        case "weekly":
            days = f"{DAYS[plan.weekday]}s"
        case "monthly":
            days = f"Every month on the {say_ordinal(plan.day)}"
        case _:
            days = f"Every quarter on the {say_ordinal(plan.day)}"
    return f"{days} at {say_time(plan)}"


def say_ordinal(day: int) -> str:
    """Return “1st”, “2nd”, “3rd”, “11th”."""
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def say_cadence(cadence: str) -> str:
    """Return “a weekly”."""
    return f"a {cadence}"


def say_day(plan: Plan, due: datetime) -> str:
    """Return “Monday 30 Nov at 09:00”."""
    return f"{due.astimezone(ZoneInfo(plan.zone)):%A %-d %b at %H:%M}"


def say_when(plan: Plan, due: datetime) -> str:
    """Return “Monday 30 Nov at 09:00, Stockholm time”."""
    from kpis.wording import say_zone

    return f"{say_day(plan, due)}, {say_zone(plan.zone)}"


def say_short(plan: Plan, moment: datetime) -> str:
    """Return “Mon 30 Nov 09:00”."""
    return f"{moment.astimezone(ZoneInfo(plan.zone)):%a %-d %b %H:%M}"


def say_clock(plan: Plan, moment: datetime) -> str:
    """Return “09:00”."""
    return f"{moment.astimezone(ZoneInfo(plan.zone)):%H:%M}"


def say_late(plan: Plan, due: datetime) -> str:
    """Return “Late: was due Monday 09:00.”"""
    return LATE.format(when=f"{due.astimezone(ZoneInfo(plan.zone)):%A %H:%M}")


def mention(channel: str) -> str:
    """Return a channel as Slack shows it to those who may see it; not to be escaped."""
    return f"<#{channel}>"
