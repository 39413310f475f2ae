"""What “vs …”, “by …” and “as of …” look like on a line of words."""

import re

from kpis.grammar_lines import COUNT, END, UNIT, S
from kpis.question import Beside

AGAINST = rf"(?:vs|versus|against|compared?{S}(?:to|with|against)|relative{S}to)"
VERSUS = re.compile(rf"{AGAINST}(?:{S}(?:the|our|my|same))*{END}")
YEARLY = re.compile(rf"(?:yoy|year{S}(?:over|on){S}year){END}")
LAST_YEAR = re.compile(
    rf"(?:(?:same{S})?(?:period|time|days){S}(?:of{S})?)?"
    rf"(?:(?:last|previous|prev|prior){S}year|yoy|(?:a{S})?year{S}(?:ago|before|earlier)){END}"
)
PREVIOUS = re.compile(
    rf"(?:(?:previous|prev|prior|preceding)(?:{S}(?:period|days)|{S}(?:{COUNT}{S}?)?{UNIT}"
    rf"|{S}\d+[dwmqy])?|(?:last{S}period|period{S}before|before)){END}"
)
BENCHMARK = re.compile(
    rf"(?:industry{S})?(?:benchmarks?|norm|average){END}|industry{END}|published{S}figures{END}"
)
BY = re.compile(rf"(?:by|per)(?:{S}the)?{END}")
AGAINST_KINDS = (
    (Beside.LAST_YEAR, LAST_YEAR),
    (Beside.PREVIOUS, PREVIOUS),
    (Beside.BENCHMARK, BENCHMARK),
)
AS_OF = re.compile(rf"as{S}of(?:{S}the)?{END}")
CLOCK = re.compile(rf"(?:at{S})?t?(?P<clock>\d{{1,2}}:\d\d\S*)(?:{S}utc)?{END}")
