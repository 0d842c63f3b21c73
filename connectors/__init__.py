"""From the world to the topic `articles`: feeds are polled, pages read, articles published, cursors moved.

An entry's way: `lists/` names the sources, `run.py` polls those that are due by `polling/`, `sources/` lists what each
holds, asked for through `fetching/`; `listing.py` has `articles/` make articles of what is new, and `publishing/` hands
them to Kafka and moves the cursor. `archive/` and `backfill.py` are the way of old articles.
"""
