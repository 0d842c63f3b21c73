"""What travels between the stages: frozen, versioned messages with ids made from content."""
