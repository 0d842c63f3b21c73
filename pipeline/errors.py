"""Three kinds of failure.

    CrossclaimError
    ├── Retryable    something outside is away: wait, try again, nothing is lost
    ├── Unusable     this message can never be used: reject it with its bytes, go on
    └── SetupError   wrong settings or a missing part: end the start with a sentence that says how to mend it

Anything else is a defect of ours and stops the worker, loudly. Errors of libraries are translated into these once,
where the library is called.
"""

from __future__ import annotations


class CrossclaimError(Exception):
    """What all errors that we raise on purpose have in common."""


class Retryable(CrossclaimError):  # noqa: N818 - it says what to do
    """Something outside is away or busy; the same call may go through later."""


class Unusable(CrossclaimError):  # noqa: N818 - it says what to do
    """A message that can never be used; it goes to `rejected`."""


class SetupError(CrossclaimError):
    """Settings or parts are wrong; the text says how to mend them."""
