"""What the audit calls an act."""

from django import template

from ..act_words import act_word

register = template.Library()
register.filter("act_word", act_word)
