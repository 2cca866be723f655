-- Counts the copies of a channel that are older than so long.   KEYS: copies_since   given: milliseconds
return redis.call('ZCOUNT', KEYS[1], '-inf', milliseconds() - given.milliseconds)
