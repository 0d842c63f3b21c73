"""What only a server that analyses texts in their own language can get wrong."""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import SetupError
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.setup import localising
from pipeline.index.mapping import LOCALISED, languages, mapping
from pipeline.index.templates import body, set_up, upgrade
from pipeline.ports import Query
from tests.pipeline.index.contract_support import ids
from tests.pipeline.index.index_builders import document
from tests.services.upgrade_world import quiet

pytestmark = pytest.mark.services

SAID = "Die Behörden haben am <Montag> die Häuser der Minister durchsucht."


def set_up_english_only(client: Elasticsearch, prefix: str) -> None:
    """Claims as the version before this one had them, when everything was analysed as English."""
    wanted = body(prefix, "claims")["template"]
    del wanted["mappings"]["properties"][LOCALISED]
    del wanted["settings"]["index"]["final_pipeline"]
    analysis = wanted["settings"]["index"]["analysis"]
    analysis["analyzer"] = {"news_english": analysis["analyzer"]["news_english"]}
    wanted["mappings"]["_meta"]["version"] -= 1
    alias = f"{prefix}claims"
    client.indices.create(
        index=f"{alias}-000001",
        settings=wanted["settings"],
        mappings=wanted["mappings"],
        aliases={alias: {"is_write_index": True}},
    )


def test_what_was_found_is_marked_where_it_stands(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    index.write([document("a", "Die Behörden", sentence=SAID, title="Häuser durchsucht", language="de")])
    client.indices.refresh(index=f"{settings.prefix}claims")
    (hit,) = index.search(Query("claims", words="Haus Minister")).hits
    assert set(hit.highlights) <= set(mapping("claims").texts)
    (fragment,) = hit.highlights["sentence"]
    assert "<mark>Häuser</mark> der <mark>Minister</mark>" in fragment
    assert "&lt;Montag&gt;" in fragment, "the text itself stays text"


def test_what_stood_there_before_is_found_after_an_upgrade(client: Elasticsearch, settings: Settings) -> None:
    """Whoever wrote it, and however it came into the new index."""
    set_up_english_only(client, settings.prefix)
    index = ElasticIndex(settings)
    assert index.write([document("before", SAID, language="de")]).written == 1
    with pytest.raises(SetupError, match="crossclaim setup --upgrade"):
        set_up(client, settings.prefix)
    upgrade(client, settings.prefix, quiet)
    client.update(index=f"{settings.prefix}claims", id="before", doc={"title": "Razzien"}, refresh=True)
    index.write([document("after", SAID, language="de")])
    client.indices.refresh(index=f"{settings.prefix}claims")
    assert set(ids(index.search(Query("claims", words="Haus Behörde")))) == {"before", "after"}
    assert ids(index.search(Query("claims", words="Haus Razzien"))) == ["before"]


def test_a_pipeline_that_is_missing_loses_nothing(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    alias = f"{settings.prefix}claims"
    client.indices.put_settings(index=alias, settings={"index.final_pipeline": f"{settings.prefix}not-restored"})
    with pytest.raises(SetupError, match="run `crossclaim setup`"):
        index.write([document("a", SAID, language="de")])
    client.indices.put_settings(index=alias, settings={"index.final_pipeline": localising.named(settings.prefix)})
    assert index.write([document("a", SAID, language="de")]).written == 1


def test_a_newer_pipeline_is_left_alone(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    name = localising.named(settings.prefix)
    newer = localising.pipeline() | {"version": localising.VERSION + 1, "description": "newer"}
    client.ingest.put_pipeline(id=name, body=newer)
    set_up(client, settings.prefix)
    assert client.ingest.get_pipeline(id=name)[name]["description"] == "newer"


def test_every_language_has_an_analyser_that_the_server_knows(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    for analyser in languages().values():
        answer = client.indices.analyze(index=f"{settings.prefix}articles", analyzer=analyser, text="Crossclaim 2019")
        assert [token["token"] for token in answer["tokens"]][1:] == ["2019"]


def test_a_document_whose_language_is_no_language_is_kept(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    strange = [document(str(n), SAID, language=code) for n, code in enumerate(["", "-", "xx", "de" * 300, "DE"])]
    report = index.write([*strange, document("none", SAID)])
    assert (report.written, report.refused) == (6, ())
    client.indices.refresh(index=f"{settings.prefix}claims")
    assert ids(index.search(Query("claims", words="Haus Behörde"))) == ["4"]
