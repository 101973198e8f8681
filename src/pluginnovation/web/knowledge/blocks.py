"""The blocks that pages are written with. Each says what is good, in a sentence; text stays text, and is never HTML."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .plain import plain
from .words import choices

# What a paragraph may have. No images among the words, no HTML, no embedded things from elsewhere.
FEATURES: Final = ["bold", "italic", "ol", "ul", "link", "document-link"]
LONGEST: Final = 4000


class Parts(blocks.StreamBlock):
    """Blocks one after another. Wagtail draws a block's name as a heading above its field, which itself has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in self.child_blocks.values():
            _name_field(part)


def _name_field(part: blocks.Block) -> None:
    """Have a field of text say its block's name to whoever can't see the heading; in a list, each of its fields."""
    if isinstance(part, blocks.ListBlock):
        _name_field(part.child_block)
    elif isinstance(part, blocks.CharBlock | blocks.TextBlock):
        part.field.widget.attrs["aria-label"] = part.label


def _text(label: Any, help_text: Any, *, longest: int = 500, **more: Any) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, help_text=help_text, max_length=longest, rows=2, validators=[plain], **more)


def _points(label: Any, help_text: Any) -> blocks.ListBlock:
    return blocks.ListBlock(
        blocks.CharBlock(validators=[plain], max_length=300, label=_("Punkt")), label=label, help_text=help_text
    )


class How(Parts):
    """How a method is done. Each part once."""

    steps = _points(_("Steg"), _("I ordning. Börja varje steg med ett verb: Ring hem samma dag."))
    roles = _points(_("Roller"), _("Vem gör vad. Skriv roller, aldrig namn: Mentor ringer, elevhälsan följer upp."))
    time = _text(_("Tid"), _("Hur mycket tid det tar, för vem: 30 minuter i veckan för mentorn under en termin."))
    training = _text(_("Utbildning"), _("Vad man behöver ha lärt sig först. Tomt om inget behövs."))
    material = _points(_("Material"), _("Det som behövs för att börja: mallar, lokaler, underlag."))

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("steps", "roles", "time", "training", "material")}


class Points(Parts):
    """Points that can each be answered with yes, partly or no."""

    point = blocks.CharBlock(
        validators=[plain],
        max_length=300,
        label=_("Punkt"),
        help_text=_("En sak som går att se: ja, delvis eller nej. Inte: engagerad personal."),
    )


class Study(blocks.StructBlock):
    """One study from outside the network."""

    source = blocks.CharBlock(
        validators=[plain],
        max_length=200,
        label=_("Källa"),
        help_text=_("Vem och var: Wilson med flera 2011, Campbell."),
    )
    design = blocks.ChoiceBlock(choices=lambda: choices("design"), label=_("Hur den gjordes"))
    direction = blocks.ChoiceBlock(
        choices=lambda: choices("direction"), default="unknown", label=_("Åt vilket håll resultatet pekar")
    )
    n = blocks.IntegerBlock(
        required=False, min_value=1, label=_("Elever"), help_text=_("Tomt om källan inte säger det.")
    )
    studies = blocks.IntegerBlock(default=1, min_value=1, label=_("Studier som vägts ihop"))
    effect = _text(
        _("Vad den fann"),
        _("En mening med enhet och intervall. Skriv också när inget fanns, eller när det blev sämre."),
    )
    year = blocks.IntegerBlock(min_value=1900, max_value=2100, label=_("År"))
    citation = _text(_("Referens"), _("Så att den går att hitta: författare, titel, utgivare, DOI."))


class Studies(Parts):
    """The studies from outside, each told by itself and never pooled with the network's own."""

    study = Study(label=_("Studie"))


class Figure(blocks.StructBlock):
    """One published figure. It never stands without its source, and a share never without what it is a share of."""

    label = blocks.CharBlock(validators=[plain], max_length=200, label=_("Vad siffran gäller"))
    value = blocks.CharBlock(
        validators=[plain], max_length=60, label=_("Siffra"), help_text=_("Med enhet: 85,2 procent.")
    )
    of = blocks.CharBlock(
        validators=[plain],
        max_length=200,
        required=False,
        label=_("Av vad"),
        help_text=_("Hur många elever andelen räknas på."),
    )
    year = blocks.CharBlock(validators=[plain], max_length=40, label=_("När"))
    source = blocks.CharBlock(validators=[plain], max_length=300, label=_("Källa"))
    url = blocks.URLBlock(required=False, label=_("Adress"))


class Picture(blocks.StructBlock):
    """An image with what it shows in words."""

    image = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(validators=[plain], max_length=300, required=False, label=_("Bildtext"))


class Quote(blocks.StructBlock):
    """What somebody said. Roles, never names."""

    text = _text(_("Citat"), _("Ordagrant, och bara om du har fått lov."))
    who = blocks.CharBlock(
        validators=[plain], max_length=100, label=_("Vem"), help_text=_("En roll: rektor på en gymnasieskola.")
    )


class Body(Parts):
    """The text of a page."""

    heading = blocks.CharBlock(
        validators=[plain], max_length=120, label=_("Rubrik"), help_text=_("Kort. Den ska säga vad stycket handlar om.")
    )
    text = blocks.RichTextBlock(
        features=FEATURES, max_length=LONGEST, label=_("Text"), help_text=_("Det viktigaste först. Högst fem meningar.")
    )
    points = _points(_("Punktlista"), _("Korta punkter, alla av samma slag."))
    figure = Figure(label=_("Siffra"))
    picture = Picture(label=_("Bild"))
    quote = Quote(label=_("Citat"))
    document = DocumentChooserBlock(label=_("Dokument"), help_text=_("Säg i texten vad det är och hur långt det är."))


class Slot(blocks.StructBlock):
    """One point of a programme."""

    starts = blocks.TimeBlock(label=_("Börjar"))
    ends = blocks.TimeBlock(required=False, label=_("Slutar"))
    title = blocks.CharBlock(validators=[plain], max_length=200, label=_("Vad"))
    who = blocks.CharBlock(validators=[plain], max_length=200, required=False, label=_("Medverkande"))
    text = _text(_("Mer"), _("En mening om vad deltagarna får med sig."), required=False)


class Programme(Parts):
    """What happens at an event, in order."""

    slot = Slot(label=_("Programpunkt"))


class Lessons(Parts):
    """What a case tells, in the order that a reader asks."""

    situation = _text(_("Läget"), _("Hur det var innan, med siffror om de finns."), longest=LONGEST)
    did = _text(_("Vad ni gjorde"), _("Det som faktiskt hände, också det som inte blev av."), longest=LONGEST)
    happened = _text(_("Vad som hände sedan"), _("Också det som inte ändrades."), longest=LONGEST)
    learnt = _text(_("Vad ni lärde er"), _("Det ni skulle säga till en kollega som börjar."), longest=LONGEST)
    adapted = _text(_("Vad ni ändrade i metoden"), _("Och varför. Tomt om inget ändrades."), longest=LONGEST)
    text = blocks.RichTextBlock(features=FEATURES, max_length=LONGEST, label=_("Mer text"))
    figure = Figure(label=_("Siffra"))
    picture = Picture(label=_("Bild"))
    quote = Quote(label=_("Citat"))
    document = DocumentChooserBlock(label=_("Dokument"))

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("situation", "did", "happened", "learnt", "adapted")}
