"""Real Apache Kafka and Elasticsearch without Docker, for tests and for `make services`.

    with Kafka() as kafka, Elasticsearch() as elasticsearch:
        use(kafka.bootstrap, elasticsearch.url)

Both come from Maven Central into a cache outside the checkout, listen on loopback only, and end with the process
that started them, however that one ends. See `deploy/README.md`.
"""

from deploy.services.elasticsearch import Elasticsearch, Tls
from deploy.services.errors import NotOursError, PrerequisiteMissingError, ServiceError
from deploy.services.kafka import Kafka

__all__ = ["Elasticsearch", "Kafka", "NotOursError", "PrerequisiteMissingError", "ServiceError", "Tls"]
