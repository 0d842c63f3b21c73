"""What can go wrong with a service.

ServiceError             the service did not start, stop or answer; the text holds the end of its log
├── PrerequisiteMissingError  this machine lacks a JDK, Maven or the network; the text says what to install
└── NotOursError              something answers on the port, but it is not the process we started
"""


class ServiceError(RuntimeError):
    """A service did not do what was asked of it."""


class PrerequisiteMissingError(ServiceError):
    """Something has to be installed before any service can start."""


class NotOursError(ServiceError):
    """The port is served by a process that we did not start: its data must not be touched."""
