-- Keeps a conversation for so many seconds from now, however long its channel does; erasing still ends it.
-- KEYS: conversation   ARGV: id seconds reason
local pointer = redis.call('HGET', KEYS[1], 'pointer')
if not pointer then return 0 end
-- The first end stays: a conversation held again and again would have no end.
if redis.call('HEXISTS', KEYS[1], 'held') == 1 then return 1 end
redis.call('HSET', KEYS[1], 'held', milliseconds() + ARGV[2] * 1000, 'held_why', ARGV[3])
local seconds = renew(ARGV[1], ARGV[2])
if redis.call('GET', 'address:' .. pointer) == ARGV[1] then redis.call('EXPIRE', 'address:' .. pointer, seconds) end
return 1
