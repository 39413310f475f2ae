"""English."""

SAYS = """
    thanks | thank you | thank u | thankyou | thank ya | thanx | thx | thnx | tnx | thks | tks | ty
    | tysm | tyvm | tq | ta | cheers | many thanks | much appreciated | much obliged | appreciated
    | appreciate it | i appreciate it | we appreciate it | grateful | very grateful
    | thanks again | thank you again | many thanks again | hi again | hello again
    | thank you so much | thanks so much
    | hi | hello | hey | hiya | howdy | greetings | yo | good morning | good afternoon
    | good evening | good day | morning | good night | goodnight
    | bye | bye bye | byebye | goodbye | good bye | see you | see ya | cya | see you later
    | have a nice day | have a good day | have a great day | have a good one | have a nice weekend
    | have a great weekend | have a good weekend | take care
    | ok | okay | okey | okie | oki | okidoki | okey dokey | k | kk | okk | alright | all right
    | sure | sure thing | got it | gotcha | understood | noted | roger | roger that | fair enough
    | sounds good | sounds great | will do | works for me | that works | makes sense
    | great | perfect | awesome | excellent | brilliant | wonderful | fantastic | amazing | lovely
    | super | superb | nice | cool | fab | sweet | well done | good job | great job | nice one
    | good work | great work | all good | good to know | glad to hear | you are the best
    | you're the best | youre the best | you rock | great news | good news
    | you're welcome | you are welcome | youre welcome | yw | welcome | no worries | no problem
    | np | my pleasure | no thanks | no thank you
    | happy new year | merry christmas | happy holidays
"""

BESIDE = """
    you | u | so | much | very much | a lot | lots | a million | a bunch | all
    | to all | everyone | everybody | team | guys | folks | both | there | mate | friend | friends
    | dear | sir | madam | buddy | bro | man | very | really | indeed | too | and | then | oh | ah
    | wow | haha | hehe | lol | for now | thats | that's | it's | its
    | for the help | for your help | for all your help | for all the help | for helping
    | for helping me | for helping us | for the support | for your support | for the reply
    | for your reply | for the quick reply | for your quick reply | for the fast reply
    | for the response | for your response | for the quick response | for your quick response
    | for the answer | for your answer | for the update | for the info | for the information
    | for letting me know | for letting us know | for getting back to me | for your time
    | for everything | for the quick help | for your patience | for understanding
    | from me | from us
"""
