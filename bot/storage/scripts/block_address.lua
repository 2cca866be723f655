-- Blocks the address of a conversation for so many seconds, crises excepted; a later block replaces an earlier one.
-- KEYS: conversation blocks   ARGV: seconds block_id by
local pointer, channel = unpack(redis.call('HMGET', KEYS[1], 'pointer', 'channel'))
if not pointer then return 0 end
local blocked = 'blocked:' .. pointer
redis.call('DEL', blocked)
redis.call('HSET', blocked, 'id', ARGV[2], 'by', ARGV[3], 'door', channel, 'since', milliseconds())
redis.call('EXPIRE', blocked, ARGV[1])
redis.call('SADD', KEYS[2], pointer)
redis.call('EXPIRE', KEYS[2], 604800)
return 1
