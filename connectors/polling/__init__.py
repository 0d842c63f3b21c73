"""When a source is read again and where it stands: schedule, rhythm, back-off, cursors, health."""
