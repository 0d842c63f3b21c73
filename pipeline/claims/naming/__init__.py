"""Who and what is named: recognised, in one form across articles, with what metonyms stand for."""
