"""Who says what: quotations, cues and their frames, by rule and by network; the speakers and who they are."""
