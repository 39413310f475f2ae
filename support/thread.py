"""One thread, folded: its messages, marks and acts in Slack's time order make its issues.

A few things change what came before: a resolution that is taken back, a message that is deleted
soon after it was posted, somebody who tracks an old message. They are written into ``Amended``
and the thread is folded anew, as if it had always been so (support-spec §4.7, §4.10, §3).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from support import transitions as do
from support.acts import act
from support.amending import Amended, Amendment
from support.entries import Entry, Kind, Role, order
from support.marking import Marking, mark, unmark
from support.routing import key_of
from support.rules import Mode, RuleBook, Rules, span
from support.timeline import IssueKey, Remark, Spell, State, Timeline

TEAM = frozenset({Role.RESPONDER, Role.RELAY_OUT})
CUSTOMERS = frozenset({Role.CUSTOMER, Role.RELAY_IN})
NOBODY = frozenset({Role.SELF, Role.IGNORED})


@dataclass(slots=True)
class Message:
    """A message of the conversation, as far as later entries ask about it."""

    entry: Entry
    counted: bool = False
    """It was an answer that counts."""


@dataclass
class Thread:
    """A thread's first message, what was routed to it, and its issues, the newest last."""

    channel: str
    root: str
    book: RuleBook
    entries: list[Entry] = field(default_factory=list)
    inferred: set[str] = field(default_factory=set)
    """``ts`` of top-level answers that were attached by a guess (support-spec §4.6)."""
    amended: Amended = field(default_factory=Amended)
    issues: list[Timeline] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    marking: Marking = field(default_factory=Marking)
    customers: set[str] = field(default_factory=set)
    remarks: dict[tuple[str, str], Remark] = field(default_factory=dict)
    unanswered: bool = False
    team_asked: bool = False
    """The team's last message was a question: “ok” is an answer to it."""
    opened: int = 0
    """How many of the openings were used."""
    life: list[Entry] = field(default_factory=list)
    """The channel's own entries, shared by all its threads."""

    @property
    def issue(self) -> Timeline | None:
        return self.issues[-1] if self.issues else None

    def take(self, entry: Entry) -> None:
        """Fold one more entry, which is not earlier than any before it."""
        self.entries.append(entry)
        try:
            self.apply(entry)
        except Amendment:
            self.replay()

    def replay(self) -> None:
        """Fold everything anew with what was amended; amending goes on until nothing changes."""
        entries = sorted((*self.entries, *self.life), key=order)
        while True:
            self.issues, self.messages, self.marking = [], {}, Marking()
            self.customers, self.unanswered, self.team_asked, self.opened = set(), False, False, 0
            self.remarks = {}
            self.amended.openings.sort(key=lambda opening: opening[0])
            try:
                for entry in entries:
                    self.apply(entry)
                return
            except Amendment:
                continue

    def remark(self, entry: Entry, word: str) -> None:
        """Remember that somebody should be told, once."""
        key = self.issue.key if self.issue else None
        self.remarks[entry.key, word] = Remark(entry.key, word, entry.actor, entry.ts, key)

    def apply(self, entry: Entry) -> None:
        """Do what an entry does, in the order of Slack's clock."""
        while self.opened < len(self.amended.openings):
            at, trigger = self.amended.openings[self.opened]
            if at > entry.at:
                break
            self.opened += 1
            self.open_by_hand(at, trigger)
        if self.amended.is_void(entry.key):
            if self.issue is not None:
                do.note(self.issue, entry.at, "taken-back", entry)
            if entry.kind is Kind.MESSAGE:
                self.messages[entry.ts] = Message(entry)
            return
        match entry.kind:
            case Kind.MESSAGE:
                self.hear(entry)
            case Kind.MARK:
                mark(self, entry)
            case Kind.UNMARK:
                unmark(self, entry)
            case Kind.EDIT:
                self.edit(entry)
            case Kind.DELETE:
                self.delete(entry)
            case _:
                act(self, entry)

    # --- opening

    def open_by_hand(self, at: int, trigger: Entry) -> None:
        """O3–O6: open at the chosen message, unless an issue is there (support-spec §3)."""
        if self.issue is not None and self.issue.state is not State.RESOLVED:
            return
        via = str(trigger.more.get("via") or "mark")
        anchor = self.find(trigger.ts)
        issue = self.begin(at, via, trigger, anchor)
        issue.tracked = trigger.at
        issue.title = str(trigger.more.get("title") or "")
        issue.source = str(trigger.more.get("source") or "")
        if priority := str(trigger.more.get("priority") or ""):
            issue.priority = priority
            do.note(issue, at, "priority", trigger, priority)
        issue.customer = str(trigger.more.get("customer") or "") or issue.customer
        if issue.customer:
            self.customers.add(issue.customer)

    def find(self, ts: str) -> Entry | None:
        """Return a message of the thread, also one that is yet to be folded."""
        if ts in self.messages:
            return self.messages[ts].entry
        held = (it for it in self.entries if it.kind is Kind.MESSAGE and it.ts == ts)
        return next(held, None)

    def begin(self, at: int, via: str, entry: Entry, anchor: Entry | None) -> Timeline:
        """Make the next issue of the thread; ``anchor`` is the message that it is about."""
        before = self.issue
        key = IssueKey(self.channel, self.root, len(self.issues) + 1)
        issue = Timeline(key, at, via, opener=entry.actor, tracked=entry.at, posted=at)
        issue.spells.append(Spell(at))
        issue.follow_up_of = before.key if before else None
        issue.opening = (anchor or entry).ts
        said = anchor.said if anchor else None
        if anchor is not None and anchor.role in TEAM | {Role.BYSTANDER}:
            issue.reporter, issue.customer = anchor.actor, f"slack:{anchor.actor}"
        if said is not None:
            issue.customer = said.customer or issue.customer
            issue.platform, issue.handle = said.platform, said.handle
            issue.brand, issue.url = said.brand, said.url
            issue.conversation, issue.source_at = said.conversation, said.source_at
        if not issue.platform and issue.customer.startswith("slack:"):
            issue.platform = "slack"
        if anchor is not None and anchor.kind is Kind.MESSAGE:
            issue.posted = anchor.at
        self.issues.append(issue)
        self.marking.expire(at)
        self.customers = {issue.customer} if issue.customer else set()
        self.unanswered, self.team_asked = True, False
        issue.last_customer = at
        do.start_wait(issue, at)
        do.note(issue, at, "opened", entry, why=via)
        return issue

    def opens(self, entry: Entry, rules: Rules) -> bool:
        """Whether a message opens an issue by itself: O1 and O2 of support-spec §3."""
        if entry.ts != self.root or not self.is_substantive(entry):
            return False
        if entry.role is Role.CUSTOMER:
            return rules.mode is Mode.AUTO
        return entry.role is Role.RELAY_IN and rules.mode in (Mode.AUTO, Mode.RELAY)

    def open_itself(self, entry: Entry, rules: Rules) -> None:
        said = entry.said
        source = said.source_at if said and rules.measure_from == "source" else None
        self.begin(source or entry.at, opened_by(entry), entry, entry)

    # --- messages

    def is_substantive(self, entry: Entry) -> bool:
        """Whether a customer's message wants an answer: no pleasantry, unless we had asked."""
        said = entry.said
        if said is None or not said.polite or entry.ts in self.amended.substantive:
            return True
        return self.team_asked and entry.ts != self.root

    def hear(self, entry: Entry) -> None:
        """A message: opens an issue, starts a wait, ends one, or does nothing and says why."""
        if entry.ts in self.messages:
            return
        message = self.messages[entry.ts] = Message(entry)
        said, issue = entry.said, self.issue
        if entry.role in NOBODY or (said is not None and said.empty):
            if issue is not None and entry.role is Role.IGNORED:
                do.note(issue, entry.at, "not-counted", entry, "bot")
            return
        rules = self.book.at(entry.at)
        if issue is None:
            if self.opens(entry, rules):
                self.open_itself(entry, rules)
            return
        if self.is_customer_side(entry, issue):
            self.hear_customer(entry, issue, rules)
        elif entry.role in TEAM:
            self.hear_team(message, issue, rules)
        else:
            do.note(issue, entry.at, "not-counted", entry, "bystander")

    def is_customer_side(self, entry: Entry, issue: Timeline) -> bool:
        """Whether its author asks rather than answers (support-spec §1, §2)."""
        return entry.role in CUSTOMERS or (bool(issue.reporter) and entry.actor == issue.reporter)

    def hear_customer(self, entry: Entry, issue: Timeline, rules: Rules) -> None:
        if entry.at <= issue.opened:
            return
        if not self.is_substantive(entry):
            issue.suppressed += 1
            do.note(issue, entry.at, "suppressed", entry, "pleasantry")
            return
        key = key_of(entry)
        if key and key not in self.customers:
            self.customers.add(key)
            if key != issue.customer:
                issue.participants.append(key)
        if issue.state is State.RESOLVED:
            resolution = issue.spells[-1]
            if entry.at - (resolution.ended or 0) > span(rules.reopen_window):
                self.begin(entry.at, opened_by(entry), entry, entry)
                return
            self.unanswered = True
            issue.last_customer = entry.at
            do.reopen(issue, entry.at, "customer", entry, unanswered=True)
            self.marking.expire(entry.at)
        elif issue.is_live:
            self.unanswered = True
            do.hear_customer(issue, entry.at, entry)
        else:
            self.unanswered = True
            do.note(issue, entry.at, "not-counted", entry, issue.state.value)
            if issue.state is State.DISMISSED:
                self.remark(entry, "wrote-again")

    def hear_team(self, message: Message, issue: Timeline, rules: Rules) -> None:
        entry, said = message.entry, message.entry.said
        why = self.why_not_counted(entry, issue, rules)
        if why:
            do.note(issue, entry.at, "not-counted", entry, why)
            return
        message.counted = True
        self.team_asked = bool(said and said.asks)
        if not issue.is_live:
            self.unanswered = False
            do.respond_late(issue, entry.at, entry)
            return
        self.respond(issue, entry, rules, inferred=entry.ts in self.inferred)

    def why_not_counted(self, entry: Entry, issue: Timeline, rules: Rules) -> str:
        """Return why a message of the team is no answer; empty where it is one (§2.1, §4.2)."""
        said = entry.said
        if entry.at <= issue.opened:
            return "before it opened"
        if entry.ts in self.amended.notes or (said is not None and said.note):
            return "internal note"
        if said is not None and said.routing:
            return "only names a colleague"
        if rules.response_signal == "relay_out" and entry.role is not Role.RELAY_OUT:
            return "answers count in the social tool"
        if rules.response_signal == "marker" and entry.role is not Role.RELAY_OUT:
            return "" if entry.ts in self.amended.sent else "not marked as sent"
        return ""

    def respond(
        self,
        issue: Timeline,
        entry: Entry,
        rules: Rules,
        *,
        manual: bool = False,
        inferred: bool = False,
    ) -> None:
        """Count an answer, with what the channel's rules add to it."""
        self.unanswered = False
        do.respond(issue, entry.at, entry, manual=manual, inferred=inferred)
        if (
            rules.auto_assign_first_responder
            and not issue.assignee
            and entry.role is Role.RESPONDER
        ):
            do.assign(issue, entry.at, entry.actor, entry)
        if rules.auto_wait_on_response and issue.state is State.RESPONDED:
            do.wait_for_customer(issue, entry.at, entry)

    # --- edits and deletions

    def edit(self, entry: Entry) -> None:
        """Edits never move a time; one that makes a request of a greeting opens (§3, §4.10)."""
        held = self.messages.get(entry.ts)
        if held is None or self.issue is not None or entry.ts != self.root:
            if self.issue is not None:
                do.note(self.issue, entry.at, "edited", entry)
            return
        was = held.entry.said
        if was is None or not was.polite or (entry.said is not None and entry.said.polite):
            return
        rules = self.book.at(entry.at)
        asked = Entry(
            entry.key, Kind.EDIT, entry.channel, entry.at, entry.ts, self.root, held.entry.actor,
            held.entry.role, said=entry.said,
        )  # fmt: skip
        if self.opens(asked, rules):
            self.begin(entry.at, opened_by(asked), asked, asked)

    def delete(self, entry: Entry) -> None:
        """A deletion soon after posting takes a message back; a later one changes nothing."""
        held, issue = self.messages.get(entry.ts), self.issue
        if held is None or issue is None:
            return
        if entry.ts in (self.root, issue.opening):
            if issue.is_live and issue.responded is None:
                do.dismiss(issue, entry.at, "root_deleted", entry)
            return
        rules = self.book.at(entry.at)
        if held.entry.role in NOBODY or entry.at - held.entry.at > span(rules.delete_grace):
            do.note(issue, entry.at, "deleted", entry, "too late to change anything")
            return
        self.amended.erase(held.entry)


def opened_by(entry: Entry) -> str:
    return "relay" if entry.role is Role.RELAY_IN else "message"
