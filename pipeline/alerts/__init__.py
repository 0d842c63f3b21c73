"""Contradictions come in, alerts go out: each told once for each rule and channel.

`rules` reads the file and `wanting` says what a rule wants; `planning` decides what is to be told, given what has been
(`troubles` does so for feeds and the pipeline); `outbox` keeps it in the index; `courier` sends what is due, in
`batching`'s messages, by `channels`. What a person reads is written in `wording`.
"""
