-- Adds a shift to the calendar.   KEYS: shifts   ARGV: id sealed seconds
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('EXPIRE', KEYS[1], ARGV[3])
