"""The hub's tables: page types that say what may stand under them, files with their rights, and received estimates."""

from .cases import CaseFigure, CaseIndex, CasePage
from .estimates import PooledEvidence, SiteEstimateRow
from .events import EventIndex, EventMaterial, EventPage, Registration
from .files import HubDocument, HubImage, HubRendition
from .guides import GuideIndex, GuidePage
from .home import HomePage, PlainPage, StatisticsPage
from .methods import MethodIndex, MethodPage
from .news import NewsIndex, NewsPage
from .research import ResearchIndex, ResearchPage
from .reviewed import Reviewed
from .reviewing import PeerReview, ReviewReminder, SecondPerson
from .search import SearchEntry, SearchWord, SeededPage

__all__ = [
    "CaseFigure",
    "CaseIndex",
    "CasePage",
    "EventIndex",
    "EventMaterial",
    "EventPage",
    "GuideIndex",
    "GuidePage",
    "HomePage",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "MethodIndex",
    "MethodPage",
    "NewsIndex",
    "NewsPage",
    "PeerReview",
    "PlainPage",
    "PooledEvidence",
    "Registration",
    "ResearchIndex",
    "ResearchPage",
    "ReviewReminder",
    "Reviewed",
    "SearchEntry",
    "SearchWord",
    "SecondPerson",
    "SeededPage",
    "SiteEstimateRow",
    "StatisticsPage",
]
