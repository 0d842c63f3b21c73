"""`crossclaim run`: the broker of the embedded profile, the parts as processes, progress, summary, an orderly end."""
