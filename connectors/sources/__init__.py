"""What sources list: feeds of all formats, sitemaps, a partner's topic, each by a lister."""
