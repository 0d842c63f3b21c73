"""The one error of this package, so that callers need to catch one thing."""


class NewsroomError(Exception):
    """The sample newsroom cannot be read or served; the text says what to mend."""
