"""How crossclaim is run: containers, and real Kafka and Elasticsearch on a machine that has no Docker."""
