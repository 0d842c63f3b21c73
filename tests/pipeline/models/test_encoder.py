"""The encoder with its real weights: same text, same bytes; neighbours nearer than strangers; odd input survives."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from pipeline.models.encoder import Encoder

SENTENCES = [
    "Rostec has cut its staff in Venezuela to just a few dozen.",
    "Russia has removed most of their people from Venezuela, the president tweeted.",
    "The firm said its presence in the country has not changed for many years.",
    "Heavy rain flooded the tram tunnels of Bergen on Sunday night.",
    "Die Regierung bestreitet den Bericht.",
    "No.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_rows_are_float32_of_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_vector_does_not_depend_on_the_texts_beside_it(encoder: Encoder) -> None:
    together = encoder.encode(SENTENCES)
    backwards = encoder.encode([*reversed(SENTENCES), "word " * 300])[: len(SENTENCES)][::-1]
    alone = np.vstack([encoder.encode([text]) for text in SENTENCES])
    assert together.tobytes() == alone.tobytes() == np.ascontiguousarray(backwards).tobytes()


def test_a_second_encoder_gives_the_same_bytes(encoder: Encoder) -> None:
    assert Encoder().encode(SENTENCES).tobytes() == encoder.encode(SENTENCES).tobytes()


def test_number_of_threads_changes_nothing(encoder: Encoder) -> None:
    texts = [*SENTENCES, "The minister denied the report. " * 30]
    assert Encoder(threads=2).encode(texts).tobytes() == encoder.encode(texts).tobytes()


def test_one_encoder_serves_many_threads(encoder: Encoder) -> None:
    expected = encoder.encode(SENTENCES).tobytes()
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(lambda _: encoder.encode(SENTENCES).tobytes(), range(8)))
    assert set(found) == {expected}


@pytest.mark.parametrize(
    ("text", "neighbour", "stranger"),
    [
        (SENTENCES[0], SENTENCES[1], SENTENCES[3]),
        (
            "The company laid off 4,000 workers.",
            "Some 4,000 jobs were cut at the firm.",
            "The company opened a museum.",
        ),
        ("The senator died on Friday.", "The senator has passed away.", "The senator will visit Norway on Friday."),
    ],
)
def test_neighbour_is_nearer_than_stranger(encoder: Encoder, text: str, neighbour: str, stranger: str) -> None:
    vectors = encoder.encode([text, neighbour, stranger])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_known_similarity(encoder: Encoder) -> None:
    """The published model in float32 gives 0.4758 for this pair; int8 storage may move it by a hundredth."""
    first, second = encoder.encode(SENTENCES[:2])
    assert first @ second == pytest.approx(0.4758, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00",
        "\ud800 half a pair",
        "🙂" * 500,
        "x" * 1_000_000,
        "слово " * 200_000,
        "[CLS] [SEP] [PAD]",
        "\u202e\u200b",
    ],
)
def test_odd_text_gives_a_unit_vector(encoder: Encoder, text: str) -> None:
    (vector,) = encoder.encode([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_text_beyond_128_tokens_is_cut(encoder: Encoder) -> None:
    start = "report " * 126
    first, second = encoder.encode([start, start + "about something else"])
    assert first.tobytes() == second.tobytes()
