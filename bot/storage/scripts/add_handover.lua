-- Adds a note for the next shift, and returns 1; 0 if there are too many: nobody pushes out what others have written.
-- KEYS: handovers   given: id sealed now(milliseconds) ends(milliseconds) seconds most
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', given.now)
if redis.call('ZCARD', KEYS[1]) >= given.most then return 0 end
redis.call('SET', 'handover:{' .. given.id .. '}', given.sealed, 'EX', given.seconds)
redis.call('ZADD', KEYS[1], given.ends, given.id)
redis.call('EXPIRE', KEYS[1], given.seconds)
return 1
