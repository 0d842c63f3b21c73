"""From the world to the topic `articles`: feeds are polled, pages read, articles published, cursors moved.

An entry meets the files in this order: feedlist, schedule, run, rss, http (addresses, guarded, decompress), feed,
page (in a worker of extraction), canonical, dates, outlets, credit, language, assemble, publish; cursors at the start.
"""
