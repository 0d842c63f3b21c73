"""When: time expressions as spans of days, read against the day of publication."""
