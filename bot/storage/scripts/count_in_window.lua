-- Counts one more in a window of so many seconds, which begins with the first, and returns the count. A counter never lives without
-- an end: it would shut somebody out for good.   KEYS: counter   given: seconds
local count = redis.call('INCR', KEYS[1])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], given.seconds) end
return count
