"""Who denies what: the frames of a denial within a sentence, and the claim of the article that it rejects."""
