"""What the sample's people say of a coffee brand: ordinary sentences, to be labelled."""

from __future__ import annotations

import random

SAYINGS = {
    "en": (
        "Acme's new roast is wonderful, best coffee I have had this year",
        "Lovely staff at Acme, they fixed my order in two minutes",
        "Third time my Acme parcel arrives broken, very disappointed",
        "Acme's app crashed again while paying, terrible experience",
        "Acme opens at seven on Saturdays",
        "Does anyone know if Acme ships to Norway?",
        "Tried Acme's autumn blend today",
        "The Acme barista made my day, thank you so much",
        "Waited forty minutes for an Acme delivery, never again",
    ),
    "sv": (
        "Acmes nya rost är fantastisk, årets bästa kaffe",
        "Så trevlig personal på Acme, tack för hjälpen",
        "Leveransen från Acme var trasig igen, riktigt besviken",
        "Acmes app kraschar hela tiden, värdelöst",
        "Acme öppnar klockan sju på lördagar",
        "Vet någon om Acme skickar till Norge?",
    ),
    "id": (
        "Kopi baru Acme enak sekali, saya suka",
        "Pelayanan Acme ramah dan cepat, terima kasih",
        "Kiriman Acme rusak lagi, sangat kecewa",
        "Acme buka jam tujuh hari Sabtu",
    ),
}
LANGUAGES = {"en": 0.6, "sv": 0.3, "id": 0.1}


def say_something(name: str) -> str:
    """Return what the author of a mention said; the same for the same mention."""
    dice = random.Random(f"words {name}")
    language = dice.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
    return dice.choice(SAYINGS[language])
