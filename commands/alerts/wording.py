"""The words of alerts: their messages, their threads, their forms and what is refused."""

GUESTS = "Guests can read alerts. A member of the workspace can do this."
GONE = "That alert is no longer known. See all of them: /kpi alerts"
RULE_GONE = "That rule was removed. See all of them: /kpi alerts"
NOT_YOURS = "Only who made this rule, who owns it, or an admin can change it."
OVER = "It is over already; there is nothing to take or to snooze."
OLD_BUTTON = "This button is from an earlier version. Try: /kpi alerts"

TAKE, SNOOZE = "I'm on it", "Snooze"
ASSIGN, WHY, FEWER, MUTE = "Assign", "Why this alert", "Fewer like this", "Mute for 7 days"
UNDO, UNMUTE = "Undo", "Unmute"

TAKEN = "You are on it. The thread says so."
ON_IT_ALREADY = "You are on it already."
LEFT = "You are no longer on it."
NOT_LEFT = "{name} has taken it meanwhile; nothing was changed."
SNOOZED = "Quiet until {until}. Nothing comes into the thread before, unless it ends."
NOT_SNOOZED = "Not quiet any more."
ASSIGNED = "Given to {name}, who is told in a direct message."
MUTED = "“{rule}” is quiet until {until}."
UNMUTED = "“{rule}” tells again."
FEWEST = "It is at its quietest already. Mute it, or change it: /kpi alerts"
FEWER_NOW = "Fewer from now on. {words}"

SAYS_TAKEN = "{name} is on it."
SAYS_TAKEN_OVER = "{name} is on it, in place of {before}."
SAYS_LEFT = "{name} is no longer on it."
SAYS_ASSIGNED = "{by} gave this to {name}."
SAYS_SNOOZED = "{name} snoozed this until {until}."
SAYS_WOKEN = "{name} ended the snooze."
SAYS_MUTED = "{name} muted this alert until {until}."
SAYS_UNMUTED = "{name} unmuted this alert."
TO_THE_ASSIGNED = "{by} gave you this: {headline}"

FORM_SNOOZE, FORM_ASSIGN = "Snooze this alert", "Who looks after it"
FORM_RULE, FORM_TRIED = "Alert", "Tried on your history"
TRYING = "Trying it on the last 90 days."
UNREAD_DATE = "Choose a day after today."
NOBODY = "Choose who looks after it."

NONE_YET = (
    "No alerts yet. I can watch for a surge of negative mentions and for data that stop, "
    "or for a number of yours."
)
NEW = "New alert"
CHANGE, PAUSE, RESUME, REMOVE = "Change", "Pause", "Resume", "Remove"
REMOVED = "Removed: {rule}."
PAUSED = "Paused: {rule}."
RESUMED = "On again: {rule}."
SAVED = "Saved: {rule}, told in {where}."
MADE_DEFAULTS = "On: {rules}, told in {where}."
HAD_DEFAULTS = "Both are on already in {where}."
TRY = (
    "Try: /kpi alert likes instagram below 100, /kpi alert reach drops 30 %, "
    "/kpi alert followers unusual"
)

WHERE = "Tell it in which channel? Choose one that I am in."
SHARED = (
    "{channel} is shared with another company. Write the company's name below: "
    "that is your yes to their reading along."
)
NO_NUMBER = "Write a number, such as 100, 5k or 4 %."
NO_PERCENT = "Write how far it has to move, such as 30 %."
NO_KPI = "Which KPI? Choose one, or write /kpi alert likes instagram below 100"
TWICE = "{channel} has this alert already: {rule}. Change that one: /kpi alerts"
TOO_LONG = (
    "That is too long for an alert. Try: /kpi alert likes instagram below 100, "
    "/kpi alert reach drops 30 %, /kpi alert followers unusual"
)
UNREAD = (
    "I can't read “{words}” as an alert. Try: /kpi alert likes instagram below 100, "
    "/kpi alert reach drops 30 %, /kpi alert followers unusual"
)
OPEN_FORM = "Open the form"
SAVE_IT = "Set this alert"
AWAKE = "Quiet no longer."
ONCE_ALONE = "It was to tell the first time alone, so it is paused now. Resume it: /kpi alerts"
ONE_KPI = (
    "One KPI an alert. Try: /kpi alert likes instagram below 100, "
    "/kpi alert reach drops 30 %, /kpi alert followers unusual"
)
NOT_OWN = "An alert watches a KPI of mine, not one of your own."
ONE_WAY = "Choose above or below for a limit."
AGAIN = "Change it"
ALL = "All alerts"
HOW_OFTEN = "How often"
SAVE = "Save"
STARTS = "What happened before now is not told."
RULE_CHANGED = "The rule was changed, so this ends here."
SAYS_PAUSED = "{name} paused this alert."
SAYS_REMOVED = "{name} removed this alert."
SAYS_FEWER = "{name} set this rule to fewer alerts."
SAYS_BACK = "{name} set this alert back."
BACK = "It tells as often as before."
NOT_THERE = "{name} is not in this channel, which is private. Invite them, or choose another."
BROKE = "Something broke on my side while I tried it. Nothing was saved; send it off again."
NOT_TOLD = (
    "Not told in {channel}: another company reads along there now. To say yes, or to choose "
    "another channel: /kpi alerts, then Change."
)
