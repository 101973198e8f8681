"""The rules that a row must keep, in words: what lists say about a row that broke one, and what to do about it."""

from typing import Final

# Swedish, English
RULES: Final[dict[str, tuple[str, str]]] = {
    "required_cell_empty": ("En obligatorisk cell är tom.", "A required cell is empty."),
    "wrong_number_of_cells": (
        "Raden har fler eller färre celler än rubrikraden.",
        "The row has more or fewer cells than the header row.",
    ),
    "control_characters": ("Cellen innehåller styrtecken.", "The cell holds control characters."),
    "text_too_long": ("Texten är längre än 1 000 tecken.", "The text is longer than 1,000 characters."),
    "not_a_whole_number": ("Cellen är inte ett heltal.", "The cell isn't a whole number."),
    "not_a_date": ("Cellen är inte ett datum (ÅÅÅÅ-MM-DD).", "The cell isn't a date (YYYY-MM-DD)."),
    "not_a_time": ("Cellen är inte ett klockslag (TT:MM).", "The cell isn't a time (HH:MM)."),
    "not_true_or_false": ("Cellen är varken true eller false.", "The cell is neither true nor false."),
    "not_a_semester": ("Cellen är inte en termin som 2026HT.", "The cell isn't a semester such as 2026HT."),
    "word_not_in_list": ("Ordet finns inte i kodlistan.", "The word isn't in the code list."),
    "number_out_of_range": ("Talet är utanför det tillåtna.", "The number is out of range."),
    "minutes_out_of_range": ("Minuterna är inte 0-1440.", "The minutes aren't 0-1440."),
    "date_out_of_range": ("Datumet är före 1900 eller efter 2100.", "The date is before 1900 or after 2100."),
    "end_before_start": ("Slutdatum är före startdatum.", "The end is before the start."),
    "minutes_do_not_add_up": (
        "Närvaro, annan närvaro, giltig och ogiltig frånvaro blir inte lektionens längd.",
        "Attended, other, excused and unexcused minutes don't add up to the offered ones.",
    ),
    "unreported_with_minutes": (
        "Lektionen är inte rapporterad men har minuter.",
        "The lesson isn't reported but has minutes.",
    ),
    "late_over_offered": (
        "Sen ankomst är längre än lektionen.",
        "The late minutes are more than the offered ones.",
    ),
    "sums_do_not_add_up": (
        "Delarna är tillsammans större än den rapporterade summan.",
        "The parts together are more than the reported sum.",
    ),
    "grade_not_in_scale": (
        "Betyget finns inte i den skala som gällde den dagen.",
        "The grade isn't in the scale of that day.",
    ),
    "unknown_person": ("Personen finns inte bland personerna.", "The person isn't among the persons."),
    "unknown_organisation": (
        "Organisationen finns inte bland organisationerna.",
        "The organisation isn't among the organisations.",
    ),
    "unknown_group": ("Gruppen finns inte bland grupperna.", "The group isn't among the groups."),
    "unknown_activity": ("Aktiviteten finns inte bland aktiviteterna.", "The activity isn't among the activities."),
    "unknown_calendar_event": (
        "Lektionstillfället finns inte bland kalenderhändelserna.",
        "The lesson isn't among the calendar events.",
    ),
    "not_as_the_standard_says": (
        "Posten följer inte SS 12000.",
        "The item doesn't follow SS 12000.",
    ),
}

_EMPTY_OR_KNOWN: Final = (
    "Ta med den i samma leverans, eller rätta hänvisningen.",
    "Send it along in the same delivery, or correct the reference.",
)
_ROUND: Final = ("Skriv det som formatet säger.", "Write it as the format says.")

# What the sender does about it: Swedish, English
TO_DO: Final[dict[str, tuple[str, str]]] = {
    "required_cell_empty": ("Fyll i cellen.", "Fill the cell."),
    "wrong_number_of_cells": (
        "Sätt celler som innehåller avgränsaren inom citattecken.",
        "Put cells that hold the delimiter within quotation marks.",
    ),
    "control_characters": ("Ta bort dem ur cellen.", "Take them out of the cell."),
    "text_too_long": ("Korta texten.", "Shorten the text."),
    "not_a_whole_number": ("Skriv bara siffror, utan enhet.", "Write digits only, without a unit."),
    "not_a_date": _ROUND,
    "not_a_time": _ROUND,
    "not_true_or_false": _ROUND,
    "not_a_semester": _ROUND,
    "word_not_in_list": (
        "Använd ett ord ur listan, eller ge det en översättning i läsprofilen.",
        "Use a word of the list, or give it a translation in the profile.",
    ),
    "number_out_of_range": ("Kontrollera talet och dess enhet.", "Check the number and its unit."),
    "minutes_out_of_range": ("Kontrollera att det är minuter.", "Check that it is minutes."),
    "date_out_of_range": ("Kontrollera årtalet.", "Check the year."),
    "end_before_start": ("Rätta det ena av datumen.", "Correct one of the dates."),
    "minutes_do_not_add_up": (
        "Rätta minuterna, eller lämna närvaron tom så räknas den ut.",
        "Correct the minutes, or leave attendance empty and it is worked out.",
    ),
    "unreported_with_minutes": (
        "Markera lektionen som rapporterad, eller töm minuterna.",
        "Mark the lesson as reported, or empty the minutes.",
    ),
    "late_over_offered": ("Rätta minuterna eller lektionens längd.", "Correct the minutes or the lesson's length."),
    "sums_do_not_add_up": ("Rätta summan eller delarna.", "Correct the sum or its parts."),
    "grade_not_in_scale": ("Rätta betyget eller dagen.", "Correct the grade or the day."),
    "unknown_person": _EMPTY_OR_KNOWN,
    "unknown_organisation": _EMPTY_OR_KNOWN,
    "unknown_group": _EMPTY_OR_KNOWN,
    "unknown_activity": _EMPTY_OR_KNOWN,
    "unknown_calendar_event": _EMPTY_OR_KNOWN,
    "not_as_the_standard_says": ("Följ standardens schema.", "Follow the standard's schema."),
}
