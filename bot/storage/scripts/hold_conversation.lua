-- Keeps a conversation for so many seconds from now, however long its channel does; erasing still ends it.
-- KEYS: conversation   given: id seconds reason
local conversation = KEYS[1]
local pointer = redis.call('HGET', conversation, 'pointer')
if not pointer then return 0 end
-- The first end stays: a conversation held again and again would have no end.
if redis.call('HEXISTS', conversation, 'held') == 1 then return 1 end
redis.call('HSET', conversation, 'held', milliseconds() + given.seconds * 1000, 'held_why', given.reason)
local seconds, address = renew(given.id, given.seconds), 'address:' .. pointer
if redis.call('GET', address) == given.id then redis.call('EXPIRE', address, seconds) end
return 1
