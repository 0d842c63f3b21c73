"""What every index must do, whatever it is made of.

A class that inherits IndexContract gives the fixtures `index` (empty and ready) and `settle` (a function that returns
when what was written can be searched).
"""

from __future__ import annotations

from tests.pipeline.index.contract_counting import Counting
from tests.pipeline.index.contract_languages import Languages
from tests.pipeline.index.contract_meaning import Meaning
from tests.pipeline.index.contract_revisions import Revisions
from tests.pipeline.index.contract_searching import Searching
from tests.pipeline.index.contract_writing import Writing


class IndexContract(Writing, Searching, Counting, Meaning, Languages, Revisions):
    """All of it."""
