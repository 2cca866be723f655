-- Blocks the address of a conversation for so many seconds, crises excepted; a later block replaces an earlier one.
-- KEYS: conversation blocks   given: seconds id by
local conversation, blocks = unpack(KEYS)
local pointer, channel = unpack(redis.call('HMGET', conversation, 'pointer', 'channel'))
if not pointer then return 0 end
local blocked = 'blocked:' .. pointer
redis.call('DEL', blocked)
redis.call('HSET', blocked, 'id', given.id, 'by', given.by, 'door', channel, 'since', milliseconds())
redis.call('EXPIRE', blocked, given.seconds)
redis.call('SADD', blocks, pointer)
redis.call('EXPIRE', blocks, 604800)
return 1
