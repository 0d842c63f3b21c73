"""Batches into Kafka: articles first, the cursor once all of them are acknowledged."""
