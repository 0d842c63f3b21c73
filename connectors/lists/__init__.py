"""Which sources there are: the person's list of feeds, read and changed, and what a site offers to be listed."""
