"""What an administrator hears when files are not taken."""

from pluginnovation.records.refusals import Refusal


def _upload(code: str, what: tuple[str, str], todo: tuple[str, str], where: str = "") -> Refusal:
    return Refusal(f"upload_{code}", what=what, todo=todo, where=where)


def too_large(most: int) -> Refusal:
    """More than an upload may be."""
    size = most // 2**20
    return _upload(
        "too_large",
        (f"Filerna är större än {size} MB tillsammans.", f"The files are larger than {size} MB together."),
        (
            "Packa dem i en zip-fil, dela upp dem, eller höj PLUG_UPLOAD_MB. Inget är sparat.",
            "Pack them in a zip, send them in parts, or raise PLUG_UPLOAD_MB. Nothing is kept.",
        ),
    )


def disk_full() -> Refusal:
    """The disk didn't take the files."""
    return _upload(
        "disk_full",
        ("Servern hade inte plats för filerna.", "The server had no room for the files."),
        ("Den som driver installationen behöver frigöra plats.", "Whoever runs the installation must free space."),
    )


def cut_off() -> Refusal:
    """The form ended before its last field."""
    return _upload(
        "cut_off",
        ("Sändningen bröts innan allt hade kommit.", "The sending broke off before everything had come."),
        ("Skicka filerna igen. Inget är sparat.", "Send the files again. Nothing is kept."),
    )


def not_a_form() -> Refusal:
    """Not what the page sends."""
    return _upload(
        "not_understood",
        ("Det som kom går inte att förstå.", "What came can't be understood."),
        (
            "Skicka filerna från sidan, högst 100 åt gången; packa fler i en zip-fil.",
            "Send the files from the page, at most 100 at a time; pack more in a zip.",
        ),
    )


def nothing_came() -> Refusal:
    """No file."""
    return _upload(
        "nothing_came",
        ("Ingen fil var vald.", "No file was chosen."),
        ("Välj en eller flera filer.", "Choose one or more files."),
    )


def empty_file(name: str) -> Refusal:
    """A file of no bytes."""
    return _upload(
        "file_empty",
        ("Filen är tom.", "The file is empty."),
        ("Exportera den igen, eller låt bli att ta med den.", "Export it again, or leave it out."),
        name,
    )


def wrong_type(name: str) -> Refusal:
    """A file that no reader reads, or of another kind than was said."""
    return _upload(
        "type_wrong",
        ("Filen är inte av det valda slaget.", "The file isn't of the kind that was chosen."),
        (
            "CSV-filer slutar på .csv (eller .txt), SS 12000 på .json, båda gärna .gz; eller en enda .zip.",
            "CSV files end in .csv (or .txt), SS 12000 in .json, either also .gz; or a single .zip.",
        ),
        name,
    )


def zip_alone(name: str) -> Refusal:
    """A zip beside other files."""
    return _upload(
        "zip_alone",
        ("En zip-fil läses för sig.", "A zip is read by itself."),
        ("Lägg alla filer i den, eller skicka dem uppackade.", "Put all the files in it, or send them unpacked."),
        name,
    )


def name_twice(name: str) -> Refusal:
    """Two files with one name."""
    return _upload(
        "name_twice",
        ("Två filer har samma namn.", "Two files have the same name."),
        ("Byt namn på den ena, som lessons-0002.csv.", "Rename one of them, such as lessons-0002.csv."),
        name,
    )


def source_wrong() -> Refusal:
    """No name of a source."""
    return _upload(
        "source_wrong",
        ("Källans namn saknas eller går inte att använda.", "The source's name is missing or can't be used."),
        (
            "Skriv högst 200 tecken på en rad, samma namn varje gång.",
            "Write at most 200 characters on one line, the same name every time.",
        ),
    )


def not_ready() -> Refusal:
    """Not tried yet, refused, or thrown away."""
    return _upload(
        "not_ready",
        ("Filerna kan inte läsas in: provläsningen är inte klar, eller filerna är borta.",
         "The files can't be read in: the trial isn't done, or the files are gone."),
        ("Vänta på provläsningen, eller skicka filerna igen.", "Wait for the trial, or send the files again."),
    )  # fmt: skip


def under_way() -> Refusal:
    """Being read right now."""
    return _upload(
        "under_way",
        ("Filerna läses just nu.", "The files are being read right now."),
        ("Vänta tills det är klart.", "Wait until that is done."),
    )


def kind_wrong(kind: str, found: str) -> Refusal:
    """A zip with files of another kind than was said."""
    return _upload(
        "kind_wrong",
        (f"Filerna i zip-filen är {found}, inte {kind}.", f"The files in the zip are {found}, not {kind}."),
        ("Välj rätt slag och skicka den igen.", "Choose the right kind and send it again."),
    )


def kind_unknown() -> Refusal:
    """A kind that isn't in the list."""
    return _upload(
        "kind_unknown",
        ("Det slaget av filer finns inte för källan.", "There is no such kind of files for the source."),
        (
            "Välj ett i listan. En källas egen läsprofil gäller bara den.",
            "Choose one in the list. A source's own profile is for it alone.",
        ),
    )
