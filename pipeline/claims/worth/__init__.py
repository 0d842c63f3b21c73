"""What is worth checking: the chance of it, the kind of sentence, and what belongs to the page only."""
