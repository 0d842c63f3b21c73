"""Entries to articles: which are to be read, the text of their pages, and address, time, outlet and credit of each."""
