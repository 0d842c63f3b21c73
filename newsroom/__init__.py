"""The sample newsroom: a week of invented news, served as real feeds and real pages on this machine.

It is what a first run of crossclaim reads, with no network at all, and what end-to-end tests compare findings with
(`load_expected`). The articles are files (`articles/<outlet>/<slug>.md`); `Newsroom` serves them over HTTP, and
`articles` gives the same texts without a server.
"""

from newsroom.errors import NewsroomError
from newsroom.expected import load_expected
from newsroom.replay import articles, export
from newsroom.server import Newsroom

__all__ = ["Newsroom", "NewsroomError", "articles", "export", "load_expected"]
