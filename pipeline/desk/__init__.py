"""What people at the desk did: judged contradictions (labels), saved searches (watches). Kept in the index."""
