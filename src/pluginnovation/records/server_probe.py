"""What a server gives: the smallest question for each resource, and nothing is kept."""

from dataclasses import replace

from .refusals import Unavailable
from .server_asking import FetchAsked, paths_of, probe
from .server_fetched import COMPLETE, FAILED, NOT_GIVEN, OF_ALL, Fetched, ResourceFetched
from .server_pages import NotGiven, SsServer, pages


def given_by(server: SsServer, asked: FetchAsked) -> Fetched:
    """What a server gives, by the smallest question for each resource. Nothing is kept."""
    return Fetched(tuple(_probed(server, resource, asked) for resource in asked.wanted), server.date)


def _probed(server: SsServer, resource: str, asked: FetchAsked) -> ResourceFetched:
    line = server.line
    before, line.patience = line.patience, replace(line.patience, page_size=1)
    try:
        for path in paths_of(resource):
            try:
                page = next(iter(pages(server, probe(resource, path, asked.today))))
            except NotGiven:
                continue
            return ResourceFetched(resource, COMPLETE, len(page.items))
    except Unavailable as error:
        if error.code in OF_ALL:
            raise
        return ResourceFetched(resource, FAILED, error=error)
    finally:
        line.patience = before
    return ResourceFetched(resource, NOT_GIVEN)
