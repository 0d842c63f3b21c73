"""Kinds of sentences and how well check-worthiness picks the reports of facts."""
