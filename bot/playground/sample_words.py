"""What made-up customers and colleagues write, and what they are answered."""

from collections.abc import Mapping

X_TALK: Mapping[str, str] = {
    "order 8841 never came. Third time I ask?": "Hi {name}, so sorry. I am asking the depot now.",
    "your oat blend tastes burnt since last week": "Hi {name}, thank you, we check that roast.",
    "is the shop on Drottninggatan closed for good?": "Hi {name}, no: we open again on Friday.",
    "I was charged twice for one subscription": "Hi {name}, you are right, we pay it back.",
    "the discount code COFFEE10 is refused, why?": "Hi {name}, it works again now.",
    "app logs me out every morning": "Hi {name}, the update of today mends that.",
    "my parcel says delivered, nothing here": "Hi {name}, that should not be. I call the carrier.",
    "do you ship to Norway before Christmas?": "Hi {name}, yes: order until 18 December.",
    "machine leaks after two weeks, can I return it?": "Hi {name}, of course. We send you a label.",
    "got decaf instead of the dark roast": "Hi {name}, sorry. The right one leaves today.",
    "where do I change my delivery address?": "Hi {name}, under My account, Delivery.",
    "your newsletter link is dead": "Hi {name}, thanks for telling us, it is mended.",
    "how long is the ground coffee good after opening?": "Hi {name}, two weeks, kept dark and dry.",
    "the gift card shows a balance of 0": "Hi {name}, I see it: your 300 kr are back on it.",
}
INSTAGRAM_TALK: Mapping[str, str] = {
    "Which beans are in this cup? 😍": "Hi {name}, that is our Ethiopian Guji.",
    "Is the advent calendar vegan?": "Hi {name}, all but day 6 and day 19.",
    "Waiting for an answer to my message since Monday…": "Hi {name}, sorry, I found it now.",
    "The lid of the new mug broke on day one": "Hi {name}, a new one is on its way.",
    "Can I pick up an online order in Malmö?": "Hi {name}, yes, after two working days.",
    "Is there a recipe for this one?": "Hi {name}, it goes online tomorrow.",
    "You sent the wrong size, twice": "Hi {name}, how annoying. The right one leaves by courier.",
    "When is the Lund bar open on Sundays?": "Hi {name}, from 10 to 16.",
    "My son is allergic to nuts, is the granola safe?": "Hi {name}, no: it may hold traces.",
    "Refund still not here": "Hi {name}, the bank sends it on 3 days after us, so tomorrow.",
    "Do you sell these cups?": "Hi {name}, from December, in the shop and online.",
}
QUESTIONS = (
    "Hi {name}, could you send us the order number in a message?",
    "Hello {name}, to which address did it go?",
)
FOLLOWS = (
    "still nothing",
    "any news?",
    "I have sent you all you need",
    "and when will that be?",
    "I wrote you a message as well",
)
AGAIN = ("it happened again", "still not right", "sorry, it is back")
THANKS = ("thank you!", "thanks a lot", "perfect, thanks", "tack så mycket!", "cảm ơn bạn!")
SPAM = ("EARN 5000 A WEEK FROM HOME", "follow for follow 🔥🔥🔥")
LATER = (
    "Checked once more: it is done since this morning.",
    "Thanks for waiting, that is settled now.",
    "You are right, we corrected that just now.",
)
NOTES = ("// asked the depot, they call back", "// second time this week, tell Ida")
IT_TALK: Mapping[str, str] = {
    "The printer on floor 2 eats every page": "It wants a new roller; use floor 3 until four.",
    "I cannot log in to the planning tool since the update": "Try once more, I reset it.",
    "Could I get access to the campaign drive?": "You have it now; log out and in again.",
    "My laptop will not wake up after lunch": "Bring it by at two, I swap the battery.",
    "VPN drops every ten minutes, what can I do?": "Choose the Stockholm gate, the other is slow.",
    "Please reset my badge, it opens nothing": "Done, hold it to the reader for five seconds.",
    "The meeting room screen shows a blue picture": "Restarted it from here, look again.",
}
PARTNER_TALK: Mapping[str, str] = {
    "Could you send us the logo as a vector file?": "It is in the shared folder now.",
    "When does the joint post go out?": "Tuesday at 10, the draft is in the folder.",
    "The landing page shows last year's prices": "Good catch, corrected.",
    "Who signs the budget for December?": "Ida does; she has it on her desk.",
    "We need the photo rights for the latte picture": "Here they are, signed.",
}
