-- Counts a change that an organisation asks for, and returns how many there were; the count ends with a day that the first begins.
-- KEYS: counter   given: seconds
local count = redis.call('INCR', KEYS[1])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], given.seconds) end
return count
