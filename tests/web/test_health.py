"""Is the service alive?"""

import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_the_health_page_says_ok_when_the_database_answers(client):
    page = client.get("/halsa/")
    assert (page.status_code, page.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_the_health_page_says_503_when_it_does_not(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/halsa/").status_code == 503
