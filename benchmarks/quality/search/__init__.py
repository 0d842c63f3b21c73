"""A labelled benchmark of search: queries, graded claims, and what words, meaning and both find. See guide.md."""
