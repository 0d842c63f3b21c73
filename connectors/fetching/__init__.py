"""URLs to bytes, politely and guarded: the only folder that opens connections to the web."""
