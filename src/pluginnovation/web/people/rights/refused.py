"""What these acts refuse, and what to do about it. No message names anybody, or tells whether somebody exists."""

from pluginnovation.records.refusals import Refusal


def reason_too_short(least: int) -> Refusal:
    """A reason that says too little to be read by others."""
    return Refusal(
        "reason_too_short",
        what=("Skälet är för kort.", "The reason is too short."),
        todo=(
            f"Skriv minst {least} tecken: vad som har hänt och varför det brådskar.",
            f"Write at least {least} characters: what has happened and why it is urgent.",
        ),
    )


def nobody_opened() -> Refusal:
    """The same whether the pupil doesn't exist, belongs to somebody else or is protected."""
    return Refusal(
        "nobody_opened",
        what=("Ingen elev öppnades.", "No pupil was opened."),
        todo=(
            "Kontrollera koden eller personnumret, eller ring skolan. Försöket är noterat.",
            "Check the code or the civic number, or call the school. The try is noted.",
        ),
    )


def tried_too_often() -> Refusal:
    """Somebody who seems to guess."""
    return Refusal(
        "tried_too_often",
        what=("Du har försökt för många gånger.", "You have tried too many times."),
        todo=("Vänta en timme, eller ring skolan.", "Wait an hour, or call the school."),
    )


def not_to_decide() -> Refusal:
    """One's own question, another role's, or one that is decided, used or too old."""
    return Refusal(
        "not_to_decide",
        what=("Det går inte att besluta om det här.", "This can't be decided."),
        todo=(
            "Det är din egen begäran, någon annan har hunnit före, eller så har den gått ut.",
            "It is your own request, somebody else was first, or it has expired.",
        ),
    )


def not_usable() -> Refusal:
    """An approval that is used, too old or refused."""
    return Refusal(
        "not_usable",
        what=("Godkännandet gäller inte längre.", "The approval is no longer valid."),
        todo=(
            "Det är använt, avslaget eller för gammalt. Begär på nytt.",
            "It is used, refused or too old. Ask again.",
        ),
    )


def nobody_behind() -> Refusal:
    """A code with no name to show: nobody's, somebody's who has left, or one that is never shown. The same for all."""
    return Refusal(
        "nobody_behind",
        what=("Det finns inget namn att visa.", "There is no name to show."),
        todo=(
            "Koden är ingens, elevens uppgifter finns inte kvar, eller så visas namnet aldrig. Kontrollera koden.",
            "The code is nobody's, nothing is kept of the pupil any more, or the name is never shown. Check the code.",
        ),
    )


def another_list() -> Refusal:
    """The list is not the one that was approved."""
    return Refusal(
        "another_list",
        what=("Listan är inte längre den som godkändes.", "The list is no longer the one that was approved."),
        todo=(
            "Elever har kommit till eller försvunnit sedan dess. Begär på nytt.",
            "Pupils have come or gone since then. Ask again.",
        ),
    )


def already_collected() -> Refusal:
    """An extract that has been fetched, withdrawn or has expired."""
    return Refusal(
        "already_collected",
        what=("Utdraget finns inte kvar.", "The extract is no longer here."),
        todo=(
            "Det är hämtat, återkallat eller äldre än sju dagar. Gör ett nytt.",
            "It is collected, withdrawn or older than seven days. Make a new one.",
        ),
    )


def not_in_review() -> Refusal:
    """An extract that somebody else has decided about."""
    return Refusal(
        "not_in_review",
        what=("Utdraget granskas inte längre.", "The extract is no longer being reviewed."),
        todo=("Någon annan hann före. Läs in sidan igen.", "Somebody else was first. Load the page again."),
    )


def no_paper() -> Refusal:
    """A machine that can't draw letters."""
    return Refusal(
        "no_paper",
        what=("En PDF går inte att göra här.", "A PDF can't be made here."),
        todo=(
            "Hämta JSON, eller be den som driver servern om make pango.",
            "Take the JSON, or ask whoever runs the server for make pango.",
        ),
    )


def not_to_admit() -> Refusal:
    """A school that isn't the principal's, a day too far off, or somebody named who doesn't work there."""
    return Refusal(
        "not_to_admit",
        what=("Beslutet går inte att spara.", "The decision can't be kept."),
        todo=(
            "Välj din egen skola, en dag inom ett år och minst en av skolans egna anställda.",
            "Choose your own school, a day within a year and at least one who works at the school.",
        ),
    )


def not_to_end() -> Refusal:
    """A decision that has ended, or is somebody else's."""
    return Refusal(
        "not_to_end",
        what=("Beslutet går inte att återkalla.", "The decision can't be taken back."),
        todo=(
            "Det har redan upphört, eller så är det någon annans.",
            "It has ended already, or it is somebody else's.",
        ),
    )


def not_to_name() -> Refusal:
    """Somebody who isn't of the school, one too many, or the last one who is named."""
    return Refusal(
        "not_to_name",
        what=("Vilka som får se eleven är inte ändrat.", "Who may see the pupil is not changed."),
        todo=(
            "Välj någon som arbetar på skolan, högst tio. Ska ingen se eleven, återkalla beslutet.",
            "Choose one who works at the school, ten at most. If nobody is to see the pupil, take the decision back.",
        ),
    )
