"""Languages by the words of a text, and by what is declared where they are too few."""

from __future__ import annotations

import subprocess
import sys

import pytest

from connectors.articles.language import language_of, primary, spoken

SENTENCES = {
    "en": "The council said on Tuesday that it will close the pier for two years.",
    "de": "Der Rat teilte am Dienstag mit, dass er die Brücke für zwei Jahre sperren wird.",
    "fr": "Le conseil municipal a annoncé mardi que le pont serait fermé pendant deux ans.",
    "es": "El ayuntamiento anunció el martes que cerrará el puente durante dos años.",
    "it": "Il consiglio comunale ha annunciato martedì che chiuderà il ponte per due anni.",
    "pt": "A câmara municipal anunciou na terça-feira que vai fechar a ponte durante dois anos.",
    "nl": "De gemeenteraad maakte dinsdag bekend dat de brug twee jaar gesloten wordt.",
    "pl": "Rada miasta ogłosiła we wtorek, że most zostanie zamknięty na dwa lata.",
    "tr": "Belediye meclisi salı günü köprünün iki yıl boyunca kapatılacağını açıkladı.",
    "ru": "Городской совет объявил во вторник, что мост будет закрыт на два года.",
    "uk": "Міська рада оголосила у вівторок, що міст буде закрито на два роки.",
    "ar": "أعلن المجلس البلدي يوم الثلاثاء أن الجسر سيغلق لمدة عامين.",
    "ja": "市議会は火曜日、橋を二年間閉鎖すると発表しました。工事の費用は約四億円です。",
    "zh": "市议会星期二宣布，这座桥将关闭两年进行维修，费用约为四百万元人民币。",
    "hi": "नगर परिषद ने मंगलवार को घोषणा की कि पुल दो साल के लिए बंद रहेगा।",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_one_sentence_is_enough(code: str, text: str) -> None:
    assert spoken(text) == code
    assert language_of(text * 30, "en-US") == code


@pytest.mark.parametrize("text", ["", "Live", "12 34 56 78 90", "!!! ... ???", "\U0001f600" * 50, "\ud800" * 50])
def test_too_few_words_leave_it_to_what_is_declared(text: str) -> None:
    assert spoken(text) is None
    assert language_of(text, None, "", "x", "de-AT", "fr") == "de"
    assert language_of(text) is None


def test_a_page_in_german_that_begins_with_a_menu_is_german() -> None:
    menu = "Home\n\nSubscribe to our newsletter\n\nLog in\n\nContact us"
    assert spoken(f"{menu}\n\n{SENTENCES['de'] * 40}") == "de"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "en"),
        ("pt-BR", "pt"),
        ("NB", "no"),
        ("zh-Hant-TW", "zh"),
        ("fil", "fil"),
        ("english", None),
        ("1", None),
        (None, None),
    ],
)
def test_tags(tag: str | None, expected: str | None) -> None:
    assert primary(tag) == expected


def test_the_model_is_loaded_only_when_it_is_asked() -> None:
    code = (
        "import sys, connectors.articles.assemble, connectors.articles.page;"
        "sys.exit('connectors.articles.spoken' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
