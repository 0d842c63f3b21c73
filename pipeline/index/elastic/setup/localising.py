"""The ingest pipeline that has texts analysed in their own language, whoever writes them and however they are copied.

An analyser belongs to a field, and a document's language is only known when it comes. So the server itself puts the
texts of a document in another language than English a second time under `localised.CODE`, whose analyser is that of
the language (schemas/elasticsearch/languages.json). Done there, and not by our writers, an index that is made anew has
it for old documents too, and writers of an older version need not know of it.
"""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import explained, patiently
from pipeline.index.mapping import LOCALISED, languages, mapping
from pipeline.ports import COLLECTIONS

VERSION = 1
"""Raised whenever what the pipeline does changes: an older setup then leaves it as it is."""

_SCRIPT = """
ctx.remove(params.localised);
if (ctx.language == null) return;
String code = ctx.language.toString().toLowerCase();
int end = code.indexOf('-');
if (end > 0) code = code.substring(0, end);
if (!params.languages.contains(code)) return;
def texts = [];
for (String name : params.texts) {
  def text = ctx[name];
  if (text != null && !texts.contains(text)) texts.add(text);
}
ctx[params.localised] = [(code): texts];
"""


def named(prefix: str) -> str:
    """Return the pipeline's name."""
    return f"{prefix}languages"


def pipeline() -> dict[str, Any]:
    """Return the pipeline. A document that its script cannot read is kept as it is."""
    fields = (mapping(collection) for collection in COLLECTIONS)
    texts = sorted({name for known in fields if known.localised for name in known.texts})
    params = {"localised": LOCALISED, "languages": sorted(languages()), "texts": texts}
    return {
        "description": "crossclaim: texts in another language than English are analysed in their own",
        "version": VERSION,
        "processors": [{"script": {"source": _SCRIPT, "params": params, "ignore_failure": True}}],
    }


def put_pipeline(client: Elasticsearch, prefix: str) -> None:
    """Put the pipeline, unless a newer version did. Raises SetupError when our rights do not do."""
    name, doing = named(prefix), "setting up the languages of Elasticsearch"
    try:
        found = patiently(doing, lambda: client.options(ignore_status=404).ingest.get_pipeline(id=name).body)
        if int(found.get(name, {}).get("version", 0)) <= VERSION:
            patiently(doing, lambda: client.ingest.put_pipeline(id=name, body=pipeline()))
    except ApiError as error:
        raise SetupError(f"{doing}: {explained(error)}; mend what it names, then run `crossclaim setup`") from error
