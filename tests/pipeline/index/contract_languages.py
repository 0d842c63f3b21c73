"""The contract: texts in other languages than English are found by other forms of their words."""

from __future__ import annotations

import pytest

from pipeline.ports import Document, Index, Query
from tests.pipeline.index.contract_support import Settle, ids
from tests.pipeline.index.index_builders import NOON, URL, document

SAID = {
    "ar": ("أعلنت الحكومة زيادة الأسعار", "حكومة"),
    "ca": ("Els ministres han aprovat l'augment dels impostos", "ministre impost"),
    "cs": ("Ministři schválili zvýšení daní", "ministr"),
    "da": ("Ministrene afviste anklagerne", "ministre anklagen"),
    "de": ("Die Behörden haben die Häuser der Minister durchsucht", "Haus Behörde"),
    "el": ("Οι υπουργοί διέψευσαν τις αποχωρήσεις", "υπουργός"),
    "es": ("Los ministros niegan los despidos en las fábricas", "ministro despido fábrica"),
    "eu": ("Gobernuak uholdeak ukatu ditu", "gobernu"),
    "fi": ("Ministerit kiistävät irtisanomiset", "ministeri"),
    "fr": ("Les ministres ont nié la chute de l'économie", "ministre économie"),
    "hi": ("मंत्रियों ने आरोपों को नकारा", "मंत्री"),
    "hu": ("A kormány tagadja az elbocsátásokat", "kormányok"),
    "hy": ("Նախարարը հերքեց լուրերը", "նախարար"),
    "it": ("I ministri negano i licenziamenti nelle fabbriche", "ministro licenziamento fabbrica"),
    "ja": ("政府は日本の経済が縮小したことを否定した", "経済"),
    "ko": ("정부는한국경제가위축되었다는보도를부인했다", "경제"),
    "lt": ("Ministrai neigia atleidimus", "ministras"),
    "nl": ("De ministers ontkennen de ontslagen in fabrieken", "ministerie minister fabriek"),
    "no": ("Ministrene avviste anklagene", "ministre"),
    "pt": ("Os ministros negam as demissões nas fábricas", "ministro demissão fábrica"),
    "ro": ("Miniștrii neagă concedierile", "miniștri"),
    "ru": ("Министры отрицают сокращения в Венесуэле", "министр сокращение"),
    "sr": ("Министри поричу отпуштања", "министра"),
    "sv": ("Regeringarna förnekar uppsägningarna", "regering"),
    "th": ("รัฐบาลไทยปฏิเสธข่าวลือ", "รัฐบาล"),
    "tr": ("Şirketler işten çıkarmaları yalanladı", "şirketin"),
    "zh": ("政府否认中国经济增长放缓", "经济增长"),
}
"""Sentences by language, each with other forms of its words, or a part of what is written without spaces."""


def foreign() -> list[Document]:
    return [document(code, text, sentence=text, language=code) for code, (text, _) in SAID.items()]


class Languages:
    @pytest.mark.parametrize("language", SAID)
    def test_other_forms_of_a_word_are_found_in_its_language(self, index: Index, settle: Settle, language: str) -> None:
        index.write(foreign())
        settle()
        found = index.search(Query("claims", words=SAID[language][1]))
        assert language in ids(found)
        assert all("localised" not in hit.body for hit in found.hits)

    def test_each_language_has_its_own_forms(self, index: Index, settle: Settle) -> None:
        """German "Katzen" is of "Katze"; the same letters in a French or an English text are not."""
        texts = ("Die Katzen", "Les Katzen", "The Katzen")
        index.write([document(code, text, language=code) for code, text in zip(("de", "fr", "en"), texts, strict=True)])
        settle()
        assert ids(index.search(Query("claims", words="Katze"))) == ["de"]
        assert set(ids(index.search(Query("claims", words="Katzen")))) == {"de", "fr", "en"}

    def test_a_phrase_is_found_in_its_language(self, index: Index, settle: Settle) -> None:
        index.write(foreign())
        settle()
        assert ids(index.search(Query("claims", words='"haus der minister"'))) == ["de"]
        assert ids(index.search(Query("claims", words='"minister der haus"'))) == []
        assert ids(index.search(Query("claims", words='"中国经济"'))) == ["zh"]
        assert ids(index.search(Query("claims", words='"经济中国"'))) == []

    def test_words_of_one_search_may_be_found_in_different_fields(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("a", "Die Häuser wurden durchsucht", who=["Annalena Baerbock"], language="de"),
                document("b", "Die Häuser wurden durchsucht", who=["Olaf Scholz"], language="de-AT"),
            ]
        )
        settle()
        assert ids(index.search(Query("claims", words="Haus Baerbock"))) == ["a"]
        assert ids(index.search(Query("claims", words="Haus Scholz"))) == ["b"], "a region is no other language"

    def test_a_text_that_changes_its_language_loses_the_forms_of_the_old_one(
        self, index: Index, settle: Settle
    ) -> None:
        index.write([document("a", "Die Katzen", language="de")])
        index.write([document("a", "Die Katzen", version=2, language="fr")])
        settle()
        assert ids(index.search(Query("claims", words="Katze"))) == []

    def test_articles_are_analysed_so_too(self, index: Index, settle: Settle) -> None:
        article = {"article_id": "n", "url": URL, "title": "Häuser durchsucht", "published_at": NOON.isoformat()}
        index.write([Document("articles", "n", 1, article | {"language": "de", "text": "Die Behörden schweigen."})])
        settle()
        assert ids(index.search(Query("articles", words="Haus Behörde"))) == ["n"]
