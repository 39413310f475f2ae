"""Where each part may stand in a post, likeliest first (support-spec §2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from support import relay_values as values
from support.relay_anchors import url_pattern
from support.relay_candidates import (
    AT_SIGN,
    SPEAKERS,
    WORDY,
    Candidate,
    Fields,
    anchored,
    labelled,
    texts,
)
from support.relay_headlines import platforms, writers
from support.relay_links import LINKED, links, rank_link, segments_of, sure_link
from support.relay_words import guess_text, spoken_from
from support.relays import Extractor

WHO = (
    *("handle", "username", "user", "author", "from", "customer", "sender", "contact", "reviewer"),
    *("name", "profile", "user name", "screen name", "account", "person", "by"),
)
WHERE = ("link", "url", "permalink", "post url", "message url", "conversation url", "view")
WHICH = (
    *("conversation", "conversation id", "thread", "thread id", "ticket", "ticket id", "case"),
    *("case id", "chat", "chat id", "ticket number", "case number", "conversation_id"),
    *("thread_id", "ticket_id"),
)
NETWORK = ("network", "platform", "source", "service", "channel", "social network", "site", "via")
FEELING = ("sentiment", "rating", "stars", "score", "feeling")
WHOSE = ("brand", "page", "business", "location", "company", "inbox")
WHEN = (
    *("time", "date", "created", "created at", "posted", "posted at", "published", "received"),
    *("timestamp", "created_at", "sent at", "at"),
)
_THREADS = """
    conversation conversations inbox inboxes ticket tickets case cases chat chats thread threads
    status
"""
THREADS = frozenset(_THREADS.split())

NUMBERED = re.compile(r"(?:#|\b(?:id|ref|ticket|case)[: #]{1,3})([A-Za-z0-9\-]{3,40})\b", re.I)
STARRED = re.compile(r"(?:[★☆⭐]|:star:){1,5}")
DATED = re.compile(
    r"<!date\^\d{9,11}\^|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)"
)


def guess_handle(fields: Fields) -> Iterator[Candidate]:
    """Give names: those beside labels and of authors before those in a text.

    Whom the customer's own words name comes last.
    """
    yield from labelled(fields, WHO[:9], values.handle_of)
    if LINKED.fullmatch(fields.get("text", "")):
        # The preview below comes later, as an edit, and from another server.
        yield from handles_in_links({"text": fields["text"]})
    yield from authors(fields)
    spoken = spoken_from(fields)
    named: list[Candidate] = []
    told: list[Candidate] = []
    for path, text in texts(fields):
        for signed in AT_SIGN.finditer(text):
            is_theirs = signed.start() >= spoken.get(path, len(text))
            found = anchored(path, text, signed.start(), signed.end(), sure=True)
            (told if is_theirs else named).append(found)
    yield from writers(fields)
    yield from named
    yield from handles_in_links(fields)
    yield from labelled(fields, WHO[9:], values.handle_of)
    yield from speakers(fields, spoken)
    yield from told
    if fields.get("username") and not values.platform_of(fields["username"]):
        yield Candidate(
            values.handle_of(fields["username"]), "name of the post", Extractor("username")
        )


def authors(fields: Fields) -> Iterator[Candidate]:
    """Give the authors of attachments: "Lena Koch (@lena_k)" is lena_k."""
    for path, text in fields.items():
        if path.endswith((".author_name", ".author_subname")):
            signed = AT_SIGN.search(text)
            if signed:
                yield anchored(path, text, signed.start(), signed.end(), sure=True)
            elif path.endswith("author_name"):
                yield Candidate(values.handle_of(text), "author name", Extractor(path), True)


def speakers(fields: Fields, spoken: Mapping[str, int]) -> Iterator[Candidate]:
    """Give those of whom a text says that they wrote: "by NAME", "NAME commented", "NAME: "."""
    for path, text in texts(fields):
        for found in SPEAKERS.finditer(text):
            name = found.lastgroup or "a"
            candidate = anchored(path, text, found.start(name), found.end(name), sure=True)
            is_theirs = found.start() >= spoken.get(path, len(text))
            if candidate.extractor.pattern and not is_theirs:
                yield candidate


def handles_in_links(fields: Fields) -> Iterator[Candidate]:
    """Give the names that addresses of networks hold: x.com/NAME/status/1, tiktok.com/@NAME."""
    for path, url, *_ in links(fields):
        platform = values.platform_of_url(url)
        segments = segments_of(url)
        place = next((at for at, it in enumerate(segments) if it.startswith("@")), None)
        if place is None and platform == "x" and len(segments) in (1, 3):
            place = 0
        if place is None and platform == "linkedin" and segments[:1] == ["in"]:
            place = 1
        if place is not None and place < len(segments):
            pattern = url_pattern(url, id_at=place)
            name = values.handle_of(segments[place])
            yield Candidate(name, "in the link", Extractor(path, pattern), True)


def guess_url(fields: Fields) -> Iterator[Candidate]:
    """Give addresses: of posts and conversations before those of people, and unknown ones last."""
    ranked = sorted(links(fields), key=lambda it: rank_link(*it))
    for path, url, label, is_whole in ranked:
        pattern = "" if is_whole else url_pattern(url)
        where = f"“{values.word_of(label, 40)}”" if label else "link"
        yield Candidate(
            url.replace("&amp;", "&"), where, Extractor(path, pattern), sure_link(path, url)
        )


def guess_conversation(fields: Fields) -> Iterator[Candidate]:
    """Give what tells one customer's matter from another's.

    A network's post is not one: all who comment on it would be taken for one customer.
    """
    yield from labelled(fields, WHICH, values.word_of)
    for path, url, _, _ in sorted(links(fields), key=lambda it: rank_link(*it)):
        segments = segments_of(url)
        for place in range(len(segments) - 1, 0, -1):
            if any(it.isdigit() for it in segments[place]) and len(segments[place]) >= 3:
                sure = segments[place - 1].casefold() in THREADS
                pattern = url_pattern(url, id_at=place)
                yield Candidate(segments[place], "in the link", Extractor(path, pattern), sure)
                break
    for path, text in texts(fields):
        for found in NUMBERED.finditer(text):
            before = re.escape(text[found.start() : found.start(1)].rstrip("0123456789"))
            pattern = rf"{before}([A-Za-z0-9\-]{{1,40}})"
            yield Candidate(found[1], "number", Extractor(path, pattern))


def guess_platform(fields: Fields) -> Iterator[Candidate]:
    yield from labelled(fields, NETWORK, values.platform_of)
    yield from platforms(fields)
    username = fields.get("username", "")
    yield Candidate(values.platform_of(username), "name of the post", Extractor("username"), True)
    for path, url, _, is_whole in sorted(links(fields), key=lambda it: rank_link(*it)):
        platform = values.platform_of_url(url)
        if platform:
            always = Extractor(value=values.NETWORKS[platform][0])
            yield Candidate(platform, "link", Extractor(path) if is_whole else always, True)
    for path, text in fields.items():
        if path.endswith((".service_name", ".footer")):
            yield Candidate(values.platform_of(text), "footer", Extractor(path), True)
    for _, text in texts(fields):
        first = text.partition("\n")[0][:120]
        platform = values.platform_of(first)
        if platform and (platform not in ("line", "x") or "tw" in first.casefold()):
            constant = Extractor(value=values.NETWORKS[platform][0])
            yield Candidate(platform, f"“{values.word_of(first, 30)}”", constant, True)


def guess_source_at(fields: Fields) -> Iterator[Candidate]:
    for each in labelled(fields, WHEN, str.strip):
        if values.instant_of(each.value) is not None:
            yield each
    for path, text in fields.items():
        if re.fullmatch(r"attachments\.\d+\.ts", path) and values.instant_of(text) is not None:
            yield Candidate(text, "time of the attachment", Extractor(path), True)
        found = DATED.search(text) if WORDY.search(path) else None
        if found:
            yield Candidate(found[0], "in the text", Extractor(path, f"({DATED.pattern})"), True)


def guess_sentiment(fields: Fields) -> Iterator[Candidate]:
    yield from labelled(fields, FEELING, values.sentiment_of)
    for path, text in texts(fields):
        found = STARRED.search(text)
        if found:
            pattern = f"({STARRED.pattern})"
            yield Candidate(values.sentiment_of(found[0]), "stars", Extractor(path, pattern), True)


def guess_brand(fields: Fields) -> Iterator[Candidate]:
    yield from labelled(fields, WHOSE, values.word_of)


GUESSERS: dict[str, Callable[[Fields], Iterator[Candidate]]] = {
    "platform": guess_platform,
    "handle": guess_handle,
    "url": guess_url,
    "conversation": guess_conversation,
    "text": guess_text,
    "source_at": guess_source_at,
    "sentiment": guess_sentiment,
    "brand": guess_brand,
}
