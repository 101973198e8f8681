"""What the search looks in: one row per published page, and the words that pages are written with."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from wagtail.models import Page


class SearchEntry(models.Model):
    """One published page, as the search sees it. Written when it is published, gone when it is taken away.

    kind      a key of `search.KINDS`
    vector    its words without å, ä and ö, stemmed as its language is; A: title and what it is also called, B: lead,
              C: text and the lists it is sorted by, D: the parts of compound words
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="search_entry")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="searchentry_vector")]


class SearchWord(models.Model):
    """A word that some page is written with: what a misspelling may have been meant as.

    word    without å, ä and ö; shown: as the page writes it, in small letters
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    shown = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [GinIndex(fields=["word"], name="searchword_alike", opclasses=["gin_trgm_ops"])]


class SeededPage(models.Model):
    """A page that came along with the hub, and what its file was then: a page that somebody changed is left alone.

    print      of the file's text that the page was made from
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="seeded")
    print = models.CharField(max_length=64)
