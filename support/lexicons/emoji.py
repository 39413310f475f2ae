"""Emoji that say thanks or hello by themselves, and those that never go with a pleasantry."""

_THANKFUL = """
    pray heart hearts +1 thumbsup tada smile smiley grinning grin blush relaxed
    slightly_smiling_face ok_hand ok clap raised_hands wave hugging_face
    hugging_face_with_open_hands heart_eyes star-struck sparkles sparkling_heart two_hearts
    heartpulse purple_heart blue_heart green_heart yellow_heart orange_heart black_heart
    white_heart heart_hands folded_hands bow person_bowing man-bowing woman-bowing muscle 100
    sunglasses wink innocent kissing_heart confetti_ball balloon rose bouquet cherry_blossom
    sunflower star star2 rocket fire white_check_mark heavy_check_mark ballot_box_with_check
    smiling_face_with_3_hearts handshake saluting_face v thankyou thank_you thanks ty
"""
THANKFUL = frozenset(_THANKFUL.split())

_THANKFUL_CHARACTERS = """
    🙏❤♥👍🎉😄😃😀😁😊☺🙂👌👏🙌👋🤗😍🤩✨💖💕💗💜💙💚💛🧡🖤🤍🫶🙇💪💯😎😉😇😘🎊🎈🌹💐🌸🌻
    ⭐🌟🚀🔥✅✔☑🥰🤝🫡✌💝
"""
THANKFUL_CHARACTERS = frozenset("".join(_THANKFUL_CHARACTERS.split()))

_SOUR = """
    question grey_question interrobang exclamation x negative_squared_cross_mark -1 thumbsdown
    rage angry cry sob disappointed confused worried pensive frowning white_frowning_face
    slightly_frowning_face face_with_symbols_on_mouth warning rotating_light sos bug broken_heart
    thinking_face face_with_rolling_eyes unamused upside_down_face no_entry no_entry_sign
    persevere triumph weary tired_face skull sweat face_palm facepalm ticket
    hourglass hourglass_flowing_sand
"""
SOUR = frozenset(_SOUR.split())

_SOUR_CHARACTERS = """
    ❓❔❗‼⁉❌✖👎😠😡🤬😢😭😞😕😟😔☹🙁⚠🚨🆘🐛💔🤔🙄😒🙃⛔🚫😣😤😩😫💀😓🤦🎫⌛⏳😥😰😨
"""
SOUR_CHARACTERS = frozenset("".join(_SOUR_CHARACTERS.split()))
