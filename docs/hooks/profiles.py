"""The page of profiles: every key, how days and lengths are written, and the built-in ones as they are."""

from pluginnovation.records.profiles import BESIDE, VENDORS, built_in, commented
from pluginnovation.records.profiles_formats import UNITS
from pluginnovation.records.profiles_parsed import ENCODINGS, SAID_BY

OPENING = """\
# Profiles

A profile says how another system writes its files. It is data, in TOML, and never code. `plug records profile check
FILE` says whether a text is one, and on which line it isn't.

| key | what it says | unless said |
|---|---|---|
| `name` | small letters, figures and `-` | must be there |
| `version` | counts up; the installation counts for profiles that it keeps itself | 1 |
| `about`, `about_en` | one line for people | |
| `delimiter` | one sign | `,` |
| `encoding` | {encodings} | `utf-8` |
| `decimal` | `.` or `,`. Spaces inside a number do no harm | `.` |
| `dates`, `times` | [formats](#days-and-times); ISO is always read too | |
| `true_words`, `false_words` | besides `true` and `false` | |
| `lesson_minutes` | the length of one lesson, where a unit is `lessons` | |
| `lateness.is_absence` | late minutes are unexcused absence, or attendance | true |
| `lateness.is_apart` | late minutes stand beside absence and attendance, and are added where they belong | false |
| `unreported.said_by` | {said_by}: see below | `column` |
| `unreported.is_offered` | what nobody reported was offered; otherwise it is read as cancelled | true |
| `unreported.is_within_offered` | the offered minutes hold those that nobody reported | true |
| `files.FILE.names` | patterns of file names, `*` for anything; `FILE.csv` is always read | |
| `files.FILE.columns` | their header = our column; `["date", "start_time"]` where one holds both | as named |
| `files.FILE.units` | our column = {units} | `minutes` |
| `files.FILE.words.COLUMN` | their word = ours | |
| `files.FILE.constants` | our column = what it says in every row, when the file doesn't have it | |
| `files.FILE.reasons` | their reason = the column that its minutes belong in | |
| `files.FILE.period_in_name` | `start_date` and `end_date` are the two ISO dates in the file's name | false |

`FILE` is one of the names in [record formats](records.md) without `.csv`. Headers and words are compared without regard
to capitals and to spaces around them.

**What nobody reported.** `column`: the column `is_reported`, or `reported_sum`, says it. `empty`: all minutes (and the
reason) are empty. `minutes`: a column with the minutes that nobody reported, `unreported_minutes` or `unreported_sum`.
`nothing`: the export has only what was reported.

**One row per reason.** With `reasons`, the rows of one lesson become one: each reason's minutes go to its column, the
same reason again is a correction, and a reason that isn't listed sets the lesson aside. Such a file is read whole, so
it has to have room in memory.

**Columns that only exports have.** {beside}

**Lengths.** Hours and lessons become whole minutes, halves up. Where parts are rounded by the other system, leave one
of them out: empty attendance is what remains of the lesson. Minutes with a fraction, and anything that can't be read,
set the row aside under [the ordinary rules](quarantine.md).

**Protection.** No profile can say that nobody is protected: `security_marking` can be translated word by word, never
filled in, and an empty one stays empty.

**The same again.** A source is read anew when the profile's name, version or text is another than last time.

## Days and times

A format is `YYYY` or `YY`, `MM` or `M`, `DD` or `D`, `hh` or `h`, `mm` and `ss`, with any signs between: `DD/MM/YYYY`,
`YYMMDD`, `YYYY-MM-DD hh:mm`, `hh.mm`. Doubled letters have two figures, single ones have one or two; `YY` from 70 is
of the last century. Of several formats the first that fits is taken, so two that read the same cell differently don't
belong in one profile.

## Built-in profiles

"""


def profiles_page() -> str:
    """Every key, and every built-in profile."""
    opening = OPENING.format(
        encodings=", ".join(f"`{one}`" for one in ENCODINGS),
        said_by=", ".join(f"`{one}`" for one in SAID_BY),
        units=", ".join(f"`{one}`" for one in UNITS),
        beside=" ".join(f"`{file}`: {', '.join(f'`{one}`' for one in names)}." for file, names in BESIDE.items()),
    )
    listed = "".join(f"* `{profile.name}`: {profile.about[1]}\n" for profile in built_in().values())
    texts = {
        path.stem: commented(path.read_text(encoding="utf-8"), english=True) for path in sorted(VENDORS.glob("*.toml"))
    }
    quoted = [f"### {name}\n\n```toml\n{text}```\n" for name, text in texts.items()]
    return "\n".join([opening + listed, *quoted])
