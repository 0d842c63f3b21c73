"""One file a page: read from the index, name things in plain words, hand to the template."""
