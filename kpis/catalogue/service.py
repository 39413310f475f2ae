"""Customer issues: how fast they are answered and solved, how many, and what was promised.

Definitions are those of support-spec §9; every figure comes with what is still waiting.
"""

from kpis.declarations import Service
from kpis.service_hits import (
    is_answered,
    is_content,
    is_one_touch,
    is_reopened,
    is_solved,
    is_zero_touch,
)
from kpis.service_shapes import Attainment, Backlog, Clocked, Portion, Source, Tally
from storage.measures import Unit

first_response_time = Service(
    key="first-response-time",
    title="First response time",
    meaning="From a customer's first message to the first answer of your team. "
    "A reaction or a bot's message is not an answer.",
    why="The wait that a customer feels first.",
    figure=Clocked(
        Source(
            "responded",
            low="response_low",
            seconds="response_seconds",
            business="response_business",
            person="responded_by",
            flags="response_flags",
        ),
        targets=("first_response",),
        signal=True,
    ),
    aliases=("response time", "frt", "time to respond", "first response", "first answer"),
)

next_response_time = Service(
    key="next-response-time",
    title="Next response time",
    meaning="How long a customer who wrote again waited for the next answer, "
    "from the oldest message without one.",
    why="A quick first answer is worth little when the second one takes days.",
    figure=Clocked(
        Source(
            "ended",
            table="wait",
            start="started",
            seconds="seconds",
            business="business",
            person="by",
            flags="flags",
            kind="closed_by",
        ),
        noun="wait",
        cohort="by when the wait began, followed until now",
        targets=("next_response",),
        signal=True,
    ),
    aliases=("nrt", "next response", "reply time"),
    caveat="Counts waits, not issues: one issue may have several.",
)

FULL = Clocked(
    Source(
        "resolved",
        low="resolved_low",
        seconds="resolution_seconds",
        business="resolution_business",
        person="assignee|resolver",
        kind="resolved_via",
    ),
    done="solved",
    waiting="still open",
    view="by when solved",
    targets=("first_resolution", "total_resolution"),
)
FIRST = Clocked(
    Source(
        "first_resolved",
        low="first_resolved_low",
        seconds="first_resolution_seconds",
        business="first_resolution_business",
        person="first_assignee|first_resolver",
        kind="first_resolved_via",
    ),
    done="solved",
    waiting="not solved yet",
    view="by when first solved",
    targets=("first_resolution",),
)

resolution_time = Service(
    key="resolution-time",
    title="Resolution time",
    meaning="From a customer's first message to the resolution that stands. "
    "An issue that was reopened counts until it was solved again.",
    why="The whole time that a customer's matter took.",
    figure=FULL,
    variants={"first": ("First resolution time", FIRST)},
    aliases=("ttr", "time to resolve", "resolution", "full resolution time", "time to resolution"),
)

acknowledge_time = Service(
    key="acknowledge-time",
    title="Time to acknowledge",
    meaning="From a customer's first message to the first sign that somebody looks at it: "
    "👀, a claim or an answer.",
    why="Shows whether somebody is watching.",
    figure=Clocked(
        Source(
            "acknowledged",
            low="acknowledged_low",
            seconds="ack_seconds",
            business="ack_business",
            person="acknowledged_by",
        ),
        done="acknowledged",
        view="by when acknowledged",
        targets=("acknowledge",),
    ),
    aliases=("tta", "acknowledgement time", "time to acknowledge", "ack time"),
)

customer_wait = Service(
    key="customer-wait",
    title="Customer wait time",
    meaning="All of a customer's waits for an answer on one issue, added up.",
    why="Fast single answers can still add up to a long wait.",
    figure=Clocked(
        Source(
            "resolved",
            seconds="wait_seconds",
            business="wait_business",
            person="assignee|resolver",
            since="waiting_since",
        ),
        done="solved",
        waiting="still open",
        view="by when solved",
    ),
    aliases=("customer wait time", "total wait", "requester wait time", "wait time"),
)

relay_lag = Service(
    key="relay-lag",
    title="Relay lag",
    meaning="From a post on the network to its arrival in Slack.",
    why="What the integration takes before your team can see anything.",
    figure=Clocked(
        Source("opened", seconds="relay_lag", person=""),
        done="timed",
        waiting="",
        noun="post",
        view="by when relayed",
        cohort="",
    ),
    aliases=("integration lag", "relay delay"),
)

issues = Service(
    key="issues",
    title="Issues",
    meaning="Customer issues that were opened.",
    why="How much your customers ask of you.",
    figure=Tally(Source("opened"), "opened", "by when opened"),
    aliases=("issues opened", "new issues", "opened issues", "tickets", "new tickets"),
    better="neither",
)

issues_resolved = Service(
    key="issues-resolved",
    title="Issues resolved",
    meaning="Resolutions made. An issue that was solved, reopened and solved again counts twice.",
    why="What your team got done.",
    figure=Tally(
        Source(
            "ended",
            table="spell",
            person="assignee|by",
            flags="reason",
            kind="via",
            where=(("ended_by", "resolved"),),
        ),
        "solved",
        "by when solved",
        noun="resolution",
        ends=True,
    ),
    aliases=("resolved issues", "issues solved", "solved issues", "resolutions"),
    better="higher",
)

open_issues = Service(
    key="open-issues",
    title="Open issues",
    meaning="Issues that are opened and not solved at the end of the period.",
    why="The work that waits.",
    figure=Backlog(),
    aliases=("backlog", "issues open", "open tickets"),
)

resolution_rate = Service(
    key="resolution-rate",
    title="Resolution rate",
    meaning="Of the issues that were opened, those that are solved by now.",
    why="Nothing is left out here because it takes long.",
    figure=Portion(
        Source("opened"), is_solved, "solved", targets=("first_resolution", "total_resolution")
    ),
    better="higher",
)

response_rate = Service(
    key="response-rate",
    title="Response rate",
    meaning="Of the issues that were opened, those that got an answer by now.",
    why="A fast median says little when many get no answer at all.",
    figure=Portion(
        Source("opened"),
        is_answered,
        "answered",
        waiting="still waiting",
        targets=("first_response",),
        signal=True,
    ),
    aliases=("answer rate", "reply rate"),
    better="higher",
)

sla_attainment = Service(
    key="sla-attainment",
    title="SLA attainment",
    meaning="Of the targets that were decided, those that were met. A missed target counts when "
    "it falls due, not when somebody finally answers.",
    why="Whether you keep what you promised.",
    figure=Attainment(
        Source("decided", table="target", start="started", flags="state", kind="kind")
    ),
    aliases=("sla", "targets met", "target attainment"),
    better="higher",
)

reopen_rate = Service(
    key="reopen-rate",
    title="Reopen rate",
    meaning="Of the issues first solved in the period, those that were reopened. "
    "Counted once the window for reopening has passed.",
    why="Solved too early is not solved.",
    figure=Portion(
        Source("first_resolved", person="first_assignee|first_resolver"),
        is_reopened,
        "reopened",
        "solved",
        "by when first solved",
        settles=True,
    ),
    aliases=("reopening rate", "reopened rate"),
)

reopened = Service(
    key="reopened",
    title="Issues reopened",
    meaning="How often a solved issue was opened again.",
    why="Each is a customer who was not helped the first time.",
    figure=Tally(
        Source("started", table="spell", person="assignee|by", where=(("how", "reopened"),)),
        "reopened",
        "by when reopened",
        noun="reopening",
        ends=True,
    ),
    aliases=("reopens", "issues reopened", "reopenings", "reopened issues"),
)

one_touch_rate = Service(
    key="one-touch-rate",
    title="One-touch rate",
    meaning="Of the issues first solved, those solved by a person with exactly one answer and "
    "never reopened. Counted once the window for reopening has passed.",
    why="One answer that settles it is the best a customer can get.",
    figure=Portion(
        Source("first_resolved", person="responded_by", kind="first_resolved_via"),
        is_one_touch,
        "solved with one answer",
        "solved",
        "by when first solved",
        settles=True,
    ),
    aliases=("one touch", "one touch resolution", "first contact resolution", "fcr"),
    better="higher",
)

zero_touch = Service(
    key="zero-touch",
    title="Solved without an answer",
    meaning="Of the issues first solved, those closed by a mark without any answer here and "
    "never reopened.",
    why="Often it means that the answer was given elsewhere.",
    figure=Portion(
        Source("first_resolved", person="first_assignee|first_resolver", kind="first_resolved_via"),
        is_zero_touch,
        "solved without an answer",
        "solved",
        "by when first solved",
        settles=True,
    ),
    aliases=("zero touch rate", "solved without answer"),
    better="neither",
)

responses_to_resolve = Service(
    key="responses-to-resolve",
    title="Answers until solved",
    meaning="Your team's answers until an issue was first solved. "
    "Several by one person within two minutes count as one.",
    why="Many answers mean that a customer had to explain much.",
    figure=Clocked(
        Source("first_resolved", seconds="responses", person="first_assignee|first_resolver"),
        done="solved",
        waiting="not solved yet",
        view="by when first solved",
        cohort="",
        unit=Unit.COUNT,
    ),
    aliases=("answers until solved", "replies to resolve", "responses until solved"),
)

csat = Service(
    key="csat",
    title="Customer satisfaction",
    meaning="Of the customers' ratings from 1 to 5, the share of 4 and 5.",
    why="Fast is not yet helpful; this says whether it was.",
    figure=Portion(
        Source(
            "at",
            table="rating",
            seconds="score",
            person="responded_by",
            since="asked",
            where=(("invalid", False),),
        ),
        is_content,
        "rated 4 or 5",
        "rated",
        "by when rated",
        waiting="",
        rated=True,
        noun="rating",
    ),
    aliases=("customer satisfaction score", "customer ratings"),
    better="higher",
    choice="csat",
)
