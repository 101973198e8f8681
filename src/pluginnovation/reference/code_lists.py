"""Code lists of the Swedish school-data standard (SS 12000:2020/korr 1:2022) and of our own CSV columns.

Lists that vendors extend freely (duty roles, relations, leave reasons) are not here: any text is taken there.
"""

from typing import Final

NOT_PROTECTED: Final = "Ingen"

CODE_LISTS: Final[dict[str, tuple[str, ...]]] = {
    # Stadsdel is from the 2020 edition, before the corrigendum.
    "organisation_types": (
        "Huvudman", "Verksamhetsområde", "Förvaltning", "Rektorsområde", "Skola", "Skolenhet", "Varumärke", "Bolag",
        "Övrigt", "Stadsdel",
    ),
    "sexes": ("Man", "Kvinna", "Okänt"),
    "security_markings": (NOT_PROTECTED, "Sekretessmarkering", "Skyddad folkbokföring"),
    "person_statuses": ("Aktiv", "Utvandrad", "Avliden"),
    "school_types": (
        "FS", "FKLASS", "FTH", "OPPFTH", "GR", "GRS", "TR", "SP", "SAM", "GY", "GYS", "VUX", "VUXSFI", "VUXGR",
        "VUXGY", "VUXSARGR", "VUXSARTR", "VUXSARGY", "SFI", "SARVUX", "SARVUXGR", "SARVUXGY", "KU", "YH", "FHS",
        "STF", "KKU", "HS", "ABU", "AU",
    ),
    "group_types": (
        "Undervisning", "Klass", "Mentor", "Provgrupp", "Schema", "Avdelning", "Personalgrupp", "Övrigt",
    ),
    "calendar_kinds": ("term", "holiday", "study_day"),
    "semesters": ("HT", "VT"),
    "grade_kinds": ("final", "term", "warning", "trial"),
    "outcome_events": (
        "degree", "study_certificate", "left", "paused", "returned", "started_work", "unemployed", "moved_abroad",
        "deceased",
    ),
}  # fmt: skip
