"""The templates that a school begins with. A statement's words never change here: other words are another key."""

from typing import Final

from pluginnovation.support.connectedness import ACADEMIC, AFFECTIVE, BEHAVIOURAL, SOCIAL
from pluginnovation.support.mapping import CLASS, PUPIL, Statement, Template

DEFAULT_A: Final = Template(
    CLASS,
    0,
    (
        Statement("on_time", BEHAVIOURAL, "Eleverna kommer i tid till lektionerna.",
                  "The pupils come to lessons on time."),
        Statement("takes_part", BEHAVIOURAL, "Eleverna deltar i arbetet på lektionerna.",
                  "The pupils take part in the work in lessons."),
        Statement("knows_what", ACADEMIC, "Eleverna vet vad de ska lära sig och varför.",
                  "The pupils know what they are to learn, and why."),
        Statement("gets_on", ACADEMIC, "Eleverna kommer vidare när något är svårt.",
                  "The pupils get on when something is hard."),
        Statement("has_company", SOCIAL, "Eleverna har någon att vara med på raster och i grupparbeten.",
                  "The pupils have somebody to be with at breaks and in group work."),
        Statement("met_well", SOCIAL, "Eleverna och de vuxna bemöter varandra väl.",
                  "The pupils and the adults treat each other well."),
        Statement("dares", AFFECTIVE, "Eleverna vågar fråga och göra fel.",
                  "The pupils dare to ask and to make mistakes."),
        Statement("enjoys", AFFECTIVE, "Eleverna trivs i klassen.",
                  "The pupils enjoy being in the class."),
    ),
)  # fmt: skip

DEFAULT_B: Final = Template(
    PUPIL,
    0,
    (
        Statement("understands", ACADEMIC, "Jag förstår vad jag ska lära mig på lektionerna.",
                  "I understand what I am to learn in lessons."),
        Statement("gets_help", ACADEMIC, "Jag får hjälp när jag behöver det.",
                  "I get help when I need it."),
        Statement("wants", ACADEMIC, "Jag vet vad jag vill med skolan.",
                  "I know what I want from school."),
        Statement("comes", BEHAVIOURAL, "Jag kommer till skolan också de dagar som känns tunga.",
                  "I come to school on days that feel heavy, too."),
        Statement("gets_started", BEHAVIOURAL, "Jag kommer igång med mitt arbete.",
                  "I get started with my work."),
        Statement("keeps_up", BEHAVIOURAL, "Jag hinner med det som ska göras.",
                  "I keep up with what is to be done."),
        Statement("company", SOCIAL, "Jag har någon att vara med på rasterna.",
                  "I have somebody to be with at breaks."),
        Statement("an_adult", SOCIAL, "Det finns en vuxen i skolan som jag litar på.",
                  "There is an adult at school whom I trust."),
        Statement("cared_for", SOCIAL, "De vuxna bryr sig om hur det går för mig.",
                  "The adults care how I am getting on."),
        Statement("likes", AFFECTIVE, "Jag trivs i skolan.",
                  "I enjoy being at school."),
        Statement("safe", AFFECTIVE, "Jag känner mig trygg i skolan och på vägen dit.",
                  "I feel safe at school and on the way there."),
        Statement("matters", AFFECTIVE, "Det jag gör i skolan känns viktigt för mig.",
                  "What I do at school matters to me."),
    ),
)  # fmt: skip

DEFAULTS: Final = {CLASS: DEFAULT_A, PUPIL: DEFAULT_B}
