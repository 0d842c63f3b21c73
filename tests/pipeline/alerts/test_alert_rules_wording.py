"""What is wrong in a file of alert rules is told under the heading where it stands, without the library's terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.alerts.rules import load_rules
from pipeline.errors import SetupError

CHANNEL = '[channel.desk]\ntype = "webhook"\nurl = "https://desk.example/"\n'
RULE = '[[rule]]\nname = "all"\nchannels = ["desk"]\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no [[rule]]; a file of rules needs at least one rule and one channel"),
        (RULE + '[channel.desk]\ntype = "slack"\n', "[channel.desk]: 'slack' is unknown; choose one of 'terminal'"),
        (RULE + "[channel.desk]\nurl = 'x'\n", "[channel.desk]: it needs a line type = …"),
        (RULE + CHANNEL + "timout = 5\n", "[channel.desk], timout: there is no such setting; did you mean timeout_sec"),
        (RULE + CHANNEL.replace("https", "ftp"), "[channel.desk], url: it must be an address that begins with http://"),
        (CHANNEL + RULE + "kinds = ['deniall']\n", "rule 1 ('all'), kinds: choose one of 'denial'"),
        (CHANNEL + RULE + "minimum_score = 2\n", "rule 1 ('all'), minimum_score: it must be at most 1, not 2"),
        (CHANNEL + RULE + "words = 'Rostec'\n", """rule 1 ('all'), words: it must be a list: ["…"], not 'Rostec'"""),
        (CHANNEL + "[[rule]]\nname = 'all'\n", "rule 1 ('all'), channels: it is missing; add it"),
        (CHANNEL + "rule = 5\n", "there is no such setting"),
        ("rule = 5\n" + CHANNEL, "rule: it must be a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(text)
    with pytest.raises(SetupError) as caught:
        load_rules(file)
    told = str(caught.value)
    assert words in told
    assert "Input should" not in told
    assert "Extra inputs" not in told


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"Is a directory; set alerts\.rules"):
        load_rules(tmp_path)
