-- Adds a shift to the calendar.   KEYS: shifts   given: id sealed seconds
redis.call('HSET', KEYS[1], given.id, given.sealed)
return redis.call('EXPIRE', KEYS[1], given.seconds)
