"""`python -m pipeline.cli` is `crossclaim`."""

from pipeline.cli import main

main()
