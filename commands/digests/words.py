"""The words of digests in Slack; numbers are worded in ``kpis``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.saying import declare, say

if TYPE_CHECKING:
    from kpis.digests.plan import Plan

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
TAKEN = {
    "daily": declare("{name} has a daily digest already. Change that one: /kpi digest"),
    "weekly": declare("{name} has a weekly digest already. Change that one: /kpi digest"),
    "monthly": declare("{name} has a monthly digest already. Change that one: /kpi digest"),
    "quarterly": declare("{name} has a quarterly digest already. Change that one: /kpi digest"),
}
THIS = "this digest"
NO_DATA = "No data yet for {kpis}. Leave it out, or add data first: drop an export in Messages."
TOO_MANY = "A digest holds 10 KPIs at most, or nobody reads it. Leave {over} out."
GUEST_OWNER = "{name} can't look after a digest: choose a member of the workspace."
SLOW = "Slack took too long to tell me about that channel. Press Save again."
SHARED = (
    "#{name} is shared with another company. Its people would read these numbers "
    "every time. Name the company to say yes."
)
SHARED_AGAIN = "{name} is shared with another company now: /kpi digest, then Change, to say yes."
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
ASK_REMOVE = {
    "daily": declare("Remove the daily digest of {channel}? What was sent stays."),
    "weekly": declare("Remove the weekly digest of {channel}? What was sent stays."),
    "monthly": declare("Remove the monthly digest of {channel}? What was sent stays."),
    "quarterly": declare("Remove the quarterly digest of {channel}? What was sent stays."),
}
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
COMMENTED = "Your comment stands above the numbers. {button} shows how."
UNCOMMENTED = "Your comment is gone."
COMMENT_FIELD = "One line above the numbers"
COMMENT_HINT = "Shown with your name. Leave it empty to take it away."
MISSING = "For {day} I still need {what}."
HOW_TO_EXPORT, SEND_WITHOUT = "How to export", "Send without"
GOES_WITHOUT = "It goes out without {what}."
GOES_AT_ONCE = "It goes out without waiting."
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


def say_every(cadence: str) -> str:
    """Return “Every week”."""
    match cadence:
        case "daily":
            return say("Every day")
        case "weekly":
            return say("Every week")
        case "monthly":
            return say("Every month")
        case _:
            return say("Every quarter")


def say_time(plan: Plan) -> str:
    """Return “09:00, Stockholm time”."""
    from kpis.tongue import joined
    from kpis.wording import say_zone

    return joined([f"{plan.hour:02d}:{plan.minute:02d}", say_zone(plan.zone)])


def say_rhythm(plan: Plan) -> str:
    """Return “Mondays at 09:00, Stockholm time”."""
    from kpis.periods import say_weekday

    time = say_time(plan)
    match plan.cadence:
        case "daily":
            return say("Every day at {time}", time=time)
        case "weekly":
            return say("{weekday}s at {time}", weekday=say_weekday(plan.weekday), time=time)
        case "monthly":
            day = say_ordinal(plan.day)
            return say("Every month on the {day} at {time}", day=day, time=time)
        case _:
            day = say_ordinal(plan.day)
            return say("Every quarter on the {day} at {time}", day=day, time=time)


def say_ordinal(day: int) -> str:
    """Return “1st”, “2nd”, “3rd”, “11th”; other languages say the rest around the number."""
    from kpis.tongue import ENGLISH, spoken

    if spoken() != ENGLISH:
        return str(day)
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def say_date(day: date) -> str:
    """Return “30 Nov”: what is told of is near."""
    from kpis.periods import say_day

    return say_day(day, day.year)


def say_due(plan: Plan, due: datetime) -> str:
    """Return “Monday 30 Nov at 09:00”."""
    from kpis.periods import say_weekday

    at = due.astimezone(ZoneInfo(plan.zone))
    return say(
        "{weekday} {day} at {time}",
        weekday=say_weekday(at.weekday()),
        day=say_date(at.date()),
        time=f"{at:%H:%M}",
    )


def say_when(plan: Plan, due: datetime) -> str:
    """Return “Monday 30 Nov at 09:00, Stockholm time”."""
    from kpis.tongue import joined
    from kpis.wording import say_zone

    return joined([say_due(plan, due), say_zone(plan.zone)])


def say_short(plan: Plan, moment: datetime) -> str:
    """Return “Mon 30 Nov 09:00”."""
    from kpis.periods import say_weekday

    at = moment.astimezone(ZoneInfo(plan.zone))
    return say(
        "{weekday} {day} {time}",
        weekday=say_weekday(at.weekday(), short=True),
        day=say_date(at.date()),
        time=f"{at:%H:%M}",
    )


def say_clock(plan: Plan, moment: datetime) -> str:
    """Return “09:00”."""
    return f"{moment.astimezone(ZoneInfo(plan.zone)):%H:%M}"


def say_day(plan: Plan, moment: datetime) -> str:
    """Return “Monday”."""
    from kpis.periods import say_weekday

    return say_weekday(moment.astimezone(ZoneInfo(plan.zone)).weekday())


def say_late(plan: Plan, due: datetime) -> str:
    """Return “Late: was due Monday 09:00.”"""
    when = say("{weekday} {time}", weekday=say_day(plan, due), time=say_clock(plan, due))
    return say(LATE, when=when)


def mention(channel: str) -> str:
    """Return a channel as Slack shows it to those who may see it; not to be escaped."""
    return f"<#{channel}>"
