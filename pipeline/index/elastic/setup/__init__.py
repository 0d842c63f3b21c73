"""What an operator does to Elasticsearch: upgrade indices, take turns, prune, give rights, see its health."""
