"""The versions that are tested, in one place.

`docker-compose.yml` pins its images to the same numbers, and a test compares the two: what production runs is what
the tests ran against.
"""

from typing import Final

KAFKA: Final = "4.1.1"
ELASTICSEARCH: Final = "9.4.3"
# Kibana and Elasticsearch are released together and refuse to work with another minor version of each other.
KIBANA: Final = ELASTICSEARCH

SCALA: Final = "2.13"
LOG4J: Final = "2.24.3"  # what Kafka 4.1.1 itself was built with
SONARQUBE: Final = "26.9.0.129388"  # the release whose zip carries ELASTICSEARCH
MAVEN_DEPENDENCY_PLUGIN: Final = "3.8.1"
# Elasticsearch's launcher asks for 21; Kafka 4.1 for 17.
JAVA_AT_LEAST: Final = 21
