"""The words of ``/support`` and its forms; lines, hints and notices have theirs in ``*_words``."""

from commands.saying import declare

TOO_LONG = (
    "That is too long for a command. Try: /support, /support 12, /support new or /support help"
)
UNKNOWN_VERB = "I don’t know “{word}”. Try: /support, /support 12, /support new or /support help"
NEAR_VERB = "I don’t know “{word}”. Did you mean {near}?"
NEAR_OPTION = "I don’t know “{word}=”. Did you mean {near}=?"
WHICH_ISSUE = "Which issue? Write its number: /support {verb} 12"
NO_ISSUE = "There is no issue {number}. See who waits: /support"
OUTSIDE_THREAD = "Say that in the thread of the message, or add :ticket: to it."
NO_ISSUE_HERE = (
    "There is no issue in this thread. Track it with the shortcut Track as customer issue."
)
HIDDEN = "Issue {number} is in a channel that you are not in."

UNREAD_AT = "I can’t read “{words}” as a time. Write it like at=2026-11-20T14:00+01:00"
NO_OFFSET = "Say in which zone “{words}” is: at=2026-11-20T14:00+01:00"
AT_LATER = "“{words}” has not come yet. at= is for what has already happened."
AT_TOO_OLD = "“{words}” is more than 30 days ago. Figures that old do not change any more."
UNREAD_UNTIL = (
    "I can’t read “{words}” as a time to come, at most 90 days ahead. "
    "Try: 2h, next opening, tomorrow, fri or 27 nov"
)
UNTIL_WHEN = "Until when? Try: /support snooze {number} 2h, next opening, fri or 27 nov"

TEAM_ALONE = "Only people who answer in {channel}, and admins, can do this."
GUESTS = "Guests and people of other companies can’t do this. A member of the workspace can."
MEMBERS_OF_CHANNEL = "Only people in {channel} can set it up."

TOO_MANY_PEOPLE = "That is too many people to name one by one. Choose a user group instead."
UNREAD_EMOJI = "Write emoji by name, with a space between: :white_check_mark: :heavy_check_mark:"
EMOJI_TWICE = ":{emoji}: already stands at “{other}”. Each emoji can mean one thing."
NO_EMOJI = "At least one emoji must mean solved."
NOBODY_ANSWERS = "Say who answers: people, a user group or a channel."
BOTH_SIDES = "Somebody is named as a customer and as one who answers. Choose one side."

FORM_SETUP = "Customer issues"
SETUP_HEAD = "*#{channel}*: five questions. Nothing changes before you have seen a try-out."
TRY_OUT = "Try it out"

IS_SOLVED = "Issue {number} is solved. Open it again: /support reopen {number}"
IS_DISMISSED = "Issue {number} was dismissed. Bring it back first: /support restore {number}"
IS_MERGED = "Issue {number} went on in another issue. Take it apart: /support unmerge {number}"
IS_OPEN = "Issue {number} is open already."
IS_YOURS = "You have issue {number} already."
IS_WAITING = "Issue {number} waits for the customer already."
NOT_SOLVED = "Issue {number} is not solved, so there is nothing to take back."
NOT_DISMISSED = "Issue {number} was not dismissed. See it: /support {number}"
NOT_WAITING = "Issue {number} does not wait for the customer."
NOT_MERGED = "Issue {number} is an issue of its own."
UNDO_TOO_LATE = "It is too late to undo that as if it had never been. Try: /support reopen {number}"
REOPEN_TOO_LATE = (
    "Issue {number} was solved too long ago to open it again. "
    "Track the customer’s new message as an issue of its own."
)
UNMERGE_TOO_LATE = "Issue {number} was merged more than 24 hours ago; that stays."
DISMISS_SOLVED = "A solved issue can be dismissed by an admin alone."
WAIT_TOO_SOON = (
    "The customer of issue {number} waits for us: answer first, then it can wait for them."
)
RATE_TOO_SOON = "Issue {number} was not solved yet, so there is nothing to rate."
WHY_RESOLVE = (
    "I don’t know “{words}” as a reason. "
    "Reasons: solved, duplicate, wont fix, no reply, answered elsewhere."
)
WHY_DISMISS = "Say why: /support dismiss {number} spam, not an issue, duplicate or test."
WHOM = "Whom? Try: /support assign {number} @name, me or nobody"
AT_NAME = "Choose the person from Slack’s list after typing @: /support assign {number} @name"
NOT_A_COLLEAGUE = "{name} does not answer in {channel}, so issue {number} can’t be theirs."
INTO_WHICH = "Into which issue? Try: /support merge {number} into 12"
MERGE_ITSELF = "An issue can’t be merged with itself."
MERGE_APART = "Issues {number} and {other} are in different channels; those can’t be merged."
WHICH_PRIORITY = "Which priority? Try: /support priority {number} urgent, high, normal or low"
WHICH_SCORE = "A rating is 1 to 5: /support csat {number} 4 source=phone"
REPLIED_BEFORE = "Issue {number} was opened after that. Say when somebody answered: at=…"

DONE_RESOLVED = "Issue {number} is solved. {times}"
DONE_UNDONE = "Taken back: issue {number} was never solved, its clocks run on."
DONE_REOPENED = "Issue {number} is open again."
DONE_ASSIGNED = "{name} has issue {number}."
DONE_UNASSIGNED = "Nobody has issue {number} now."
DONE_CLAIMED = "You have issue {number}."
DONE_TAKEN = "{name} has issue {number}; you take part. Take it over: /support assign {number} me"
DONE_DISMISSED = "Issue {number} is dismissed. It counts in no time. /support restore {number}"
DONE_RESTORED = "Issue {number} is back, as if it had never been dismissed."
DONE_WAITING = "Issue {number} waits for the customer. Their next message starts the clock again."
DONE_UNWAITED = "Issue {number} does not wait for the customer any more."
DONE_REPLIED = "Noted: issue {number} was answered {when}. It is marked as told by hand."
DONE_REPLIED_AGAIN = "Noted for issue {number}. It had a first answer before that."
DONE_SNOOZED = "Issue {number} is quiet until {when}. Its clocks run on."
DONE_UNSNOOZED = "Issue {number} is not quiet any more."
DONE_MERGED = (
    "Issues {number} and {other} are one now: issue {kept} goes on. "
    "Take them apart: /support unmerge {gone}"
)
DONE_UNMERGED = "Issue {number} is an issue of its own again."
DONE_PRIORITY = "Issue {number} has priority {priority}."
DONE_RATED = "Issue {number} was rated {score} of 5."
NOTHING_DONE = "Issue {number} stayed as it was. See why: /support explain {number}"

NOBODY_WAITS = "Nobody is waiting"
NOBODY_WAITS_NOW = "Nobody is waiting."
NO_CHANNEL_YET = "No channel is set up for customer issues yet. Five questions and a try-out do it."
CATCHING_UP = "Catching up in {channels} after a pause: times there may still change."
SET_UP = "Set up a channel"
HELP = "Help"
SHOW = "Show"
NEW = "New issue"
EARLIER = "Back"
MORE_WAIT = "{number} more"

ON_IT = "I’m on it"
SOLVE = "Solved"
WAIT = "Wait for customer"
GO_ON = "Not waiting"
REPLIED = "Answered elsewhere"
REOPEN = "Reopen"
RESTORE = "Bring it back"
UNMERGE = "Take apart"
EXPLAIN = "Explain"
ASSIGN = "Give it to …"
SNOOZE = "Quiet until …"
PRIORITY = "Priority …"
DISMISS = "Not an issue …"
RATE = "Rating …"
IS_AN_ISSUE = "It is an issue"
ONE_SUPPRESSED = "One message was taken for thanks or a greeting: no clock runs for it."
SUPPRESSED = "{number} messages were taken for thanks or greetings: no clock runs for them."

FORM_NEW = "New customer issue"
FORM_TRACK = "Track as customer issue"
UNKNOWN_SOURCE = "I don’t know the source “{word}”. Try: x, instagram, email, phone, shop or other"
UNKNOWN_PRIORITY = "I don’t know the priority “{word}”. Try: urgent, high, normal or low"
TITLE_TOO_LONG = "A title has at most 300 characters; the rest belongs into the thread."
NOT_THERE = "I’m not in that channel. Write /invite @Kepi there, then try again."
SHARED = (
    "This channel is shared with another company, so I post nothing there. "
    "Track a message of the customer’s with the shortcut Track as customer issue."
)
OPENED = "Issue {number} is open: {title}"
OPENED_IN = "Issue {number} is open in #{channel}: {title}"
TRACKED = "Issue {number} is tracked. Its clock started {when}."
TRACKED_ALREADY = "This is issue {number} already."
IN_DIRECT = "Customer issues live in channels. Try it on a message in a channel that I’m in."

FORM_RELAY = "Track posts like this"
I_READ = "I read: *{read}* Right? Correct what is not by picking from the post."
NOTHING_READ = "nothing that I know"
NO_WRITER = "I can’t read who wrote; each post will be its own issue."
RELAY_NOTE = "Posts of the same app that lack what is picked are not meant by this rule."
RELAY_SAVED = "Saved: posts of this app {what} {where}."
RELAY_KINDS = {
    "inbound": declare("are customers’ messages"),
    "outbound": declare("are our answers"),
    "ignore": declare("are not counted"),
}
RELAY_APPLY = "Apply it to the last posts"
RELAY_APPLIED_ONE = "{number} of the last posts is tracked now. See who waits: /support"
RELAY_APPLIED = "{number} of the last posts are tracked now. See who waits: /support"
RELAY_NONE = "None of the last posts is like this one, beside what is tracked already."
ONE_RELAY = "1 rule says how posts of apps are read."
RELAYS = "{number} rules say how posts of apps are read."
NO_RELAYS = (
    "No rule says how posts of apps are read. "
    "Choose Track posts like this in the menu of one of them."
)
RELAYS_NOTE = "What a rule has read already stays. Teach one: message menu, Track posts like this."
RELAYS_MORE_ONE = "{number} older one is not shown. One channel’s: /support relays #channel"
RELAYS_MORE = "{number} older ones are not shown. One channel’s: /support relays #channel"
RELAY_POSTS = "Its posts {what}"
RELAY_READS = "Reads {parts}"
RELAY_TAUGHT = "Taught by {who}, {when}"
RELAY_UNREADABLE = "It cannot be read any more and does nothing"
RELAY_REMOVE = "Remove"
RELAY_REMOVED = "The rule is removed."
RELAY_GONE = "That rule is removed already. Those that hold: /support relays"

OPEN_FORM = "Open the form"
LATER = "More"
ALL_OF_IT = "All of it"
FORM_EXPLAIN = "Issue {number} explained"
EXPLAINED = "How the numbers of issue {number} came about, in {lines} lines."
TIMES_IN = "Times in {zone}"
HELP_TEXT = "Type /support to see who waits, /support 12 for issue 12, /support setup to begin."
HELP_SECTIONS = (
    (
        declare("/support – who waits, oldest first"),
        declare("/support 12 – issue 12 as it stands"),
        declare("/support explain 12 – where its numbers come from"),
        declare("/support new Order 8841 never came – open one"),
    ),
    (
        declare("/support resolve 12 · reopen 12 · undo 12"),
        declare("/support claim 12 · assign 12 @name"),
        declare("/support wait 12 · replied 12 · snooze 12 2h"),
        declare("/support dismiss 12 spam · restore 12"),
        declare("/support merge 12 into 9 · priority 12 high · csat 12 4"),
    ),
    (
        declare("/support setup – a channel, in five questions"),
        declare("/support hours · holidays SE 2027 · targets"),
        declare("/support status – what is set up, and by whom"),
        declare("/support relays – how posts of apps are read"),
        declare("/support people on · ratings on – for admins"),
    ),
)
HELP_NOTE = (
    "In a thread: 🎫 tracks, 👀 looks, ✅ solves. "
    "In a message’s menu: Track as customer issue, Attach to issue, Mark replied."
)

MESSAGE_GONE = "Slack does not show me that message any more."
CANNOT_READ = "I can’t read messages in that channel. Invite me there: /invite @Kepi"
NOT_TRACKED = "No issue came of it. See why: /support status"
UNSURE = "Slack didn’t confirm my post. Look in the channel before you try again."
FROM_THREAD = "from this thread"
SEPARATED = "Issue {number} is open, with a message of its own."
ATTACH_NOWHERE = "None of these: where it stands"
DETACHED = "Done: it counts where it stands, and in no other issue."
ATTACHED = "That message counts for issue {number} now."
NO_LIVE_ISSUES = "No issue is open in this channel, so there is nothing to attach it to."
FORM_ATTACH = "Attach to issue"
CHOOSE_CHANNEL = "Choose the channel in which I post it."
NEW_FORM = "What is it about? Type it: /support new Order 8841 never came. Or use the form."
OLD_FORM = "This form is from an earlier version. Open it again: /support setup"
OLD_BUTTON = "This button is from an earlier version. Ask again: /support"
COUNTED = "That message counts now: issue {number} waits for an answer to it."
CHOOSE_ONE = "Choose one."

SETUP_WHERE = "Which channel? Type it there: /support setup. Or name it: /support setup #support"
SETUP_OPEN = "Five questions and a try-out: who the customers are, who answers, and when."
INVITE_FIRST = "I’m not in that channel. Write /invite @Kepi there, then try again."
NOT_GRANTED = (
    "I was installed for numbers alone: {scope} is missing. "
    "Reinstall me with the whole manifest to track customer issues."
)
READING = "Reading the last 30 days…"
READ_SO_FAR = "Read {messages} messages"
READ_BACK_TO = "Read {messages} messages, back to {day}…"
THREAD_LEFT = "One thread is left."
THREADS_LEFT = "{number} threads are left."
READ_PART = "I read {messages} messages, back to {day} and not every thread: it is a sample."
TRY_OUT_BROKE = "The try-out broke on my side. Nothing was saved. Try again in a minute."
CHOOSE_ANOTHER = "Choose another"
USE_IT = "Use it"
TRY_OUT_NOTE = "Nothing is saved yet. Reactions have no times in history, so times are rough."
NOTHING_SAID = "Nothing was written here in 30 days, so there is nothing to try it on."
NO_RELAY_YET = (
    "No app’s post is understood here yet. "
    "Save this, then choose Track posts like this in the menu of one of them."
)
NOBODY_ASKED = "No message here would have opened an issue. Is somebody else the customer?"
NOBODY_ANSWERED = "Nobody of those who answer has answered here. Is somebody missing?"
SAVED = "Customer issues in #{channel} are tracked from now on."
OPENS_AUTO = "Every message of a customer opens one, silently."
OPENS_RELAY = "Every post of a customer that an app brings opens one, silently."
OPENS_MANUAL = "Only what somebody tracks with 🎫 or the shortcut opens one."
OPENS_OFF = "Nothing opens one by itself, and marks do nothing."
TEACH = "Three emoji do it: 🎫 track, 👀 looking, ✅ solved. Who waits: /support"
SHARED_SILENT = "People of another company are in the channel: they see nothing of it."

IN_ALL = "in every channel that is set up"
IN_CHANNEL = "in #{channel}"

ONE_SET_UP = "1 channel set up for customer issues."
STATUS = "{number} channels set up for customer issues."
FIGURES_ARE = "Figures by person: {state}"
RATINGS_ARE = "Customer ratings: {state}"
NOT_SHOWN = "{number} more, or in channels that you are not in"
FIGURES_NOW = "Figures by person are {state}. Everybody may see their own."
SWITCH_HOW = "Write on or off: /support {verb} on"
FIGURES_ON = "Figures by person are on now: /kpi first response time by responder"
FIGURES_OFF = "Figures by person are off now. Everybody may still see their own."
RATINGS_NOW = "Customer ratings are {state}."
RATINGS_ON = (
    "Customer ratings are on now: half an hour after a solution, customers in Slack are asked in "
    "private. Keep one from elsewhere: /support csat 12 4. See them: /kpi csat"
)
RATINGS_OFF = "Customer ratings are off now. What was kept stays."
NO_OWN_HOURS = "That channel has the workspace’s hours: /support hours. Its own: /support setup"
ASSUMED = "Nobody set them yet."
FORM_HOURS = "Open hours"
HOURS_HEAD = "Open hours of {whose}. Promises and times in open hours count by them."
UNREAD_DATE = "I can’t read “{words}” as a date. Write it like 2026-12-24"
UNREAD_LINE = "Line {number}, “{words}”, begins with no date. Write 2026-12-24 Christmas Eve"
DATE_TWICE = "One date stands there twice. Give each date one line."
SAVED_HOURS = "Saved. {hours}"
WHICH_COUNTRY = "Which country and year? Try: /support holidays SE 2027"
NO_HOLIDAYS = "All dates of {year} are past. Try the next year: /support holidays SE 2027"
ONE_HOLIDAY_OPEN = "{country} {year}: {number} date to confirm."
HOLIDAYS_OPEN = "{country} {year}: {number} dates to confirm."
HOLIDAYS_HEAD = "Tick the days on which you are closed. Nothing changes before you confirm."
FORM_HOLIDAYS = "Closed dates {country} {year}"
ONE_HOLIDAY_SAVED = "{number} date of {country} saved. See them: /support hours"
HOLIDAYS_SAVED = "{number} dates of {country} saved. See them: /support hours"
HOLIDAYS_KNOWN = "Nothing changed: those dates were saved already."

NO_TARGETS = "Nothing is promised yet. Promises by priority are a start; an admin can change them."
PROPOSE = "Propose by priority"
NEW_TARGET = "New promise"
CHANGE = "Change"
FORM_TARGET = "Promise"
UNREAD_LENGTH = "I can’t read “{words}” as a length. Write it like 30 min, 4 h or 3 d"
NO_LENGTH = "Promise at least one thing, such as a first answer within 4 h."
TARGET_SAVED = "Saved: “{name}” holds for new issues from now on."
TEAM_CHANNEL_MISSING = (
    "{channels} has no channel of the team's own: that step is told in the thread there, or to the "
    "manager. To name one: /support setup, More, *The team's warnings go to*."
)
TEAM_CHANNELS_MISSING = (
    "{channels} have no channel of the team's own: that step is told in the thread there, or to "
    "the manager. To name one: /support setup, More, *The team's warnings go to*."
)
TARGET_ENDED = "“{name}” is promised no longer. What was decided stays."
TARGET_NAME_TAKEN = "There is a promise “{name}” already. Choose another name, or change that one."
CUSTOMER_HINT = "Their name where they wrote. Leave it as it is if the message says it."
NEW_CUSTOMER_HINT = "Their name where they wrote or called."
