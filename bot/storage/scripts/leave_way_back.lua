-- Puts a conversation away behind words that its person has asked for, and ends its page. What was written is gone; what the
-- computer has noted stays, under a key that opens with the words. All or nothing.
-- KEYS: holder conversation inbox   given: id token before(the wrapped key that was read) key words most seconds farewell farewell_seconds
-- Returns 0 if that cannot be: the claim is no longer ours, more was written, somebody waits for or has an
-- operator, there are too many of them, or memory runs short.
local holder, conversation, inbox = unpack(KEYS)
local id, tag, words = given.id, ':{' .. given.id .. '}', 'way_back:' .. given.words
if redis.call('GET', holder) ~= given.token or redis.call('HGET', conversation, 'key') ~= given.before then return 0 end
if redis.call('LLEN', inbox) > 1 or redis.call('EXISTS', words) == 1 or short_of_memory() then return 0 end
local state = handoff(id, 'state')
if state == 'waiting' or state == 'operator' or redis.call('HEXISTS', conversation, 'held') == 1 then return 0 end
local now = milliseconds()
redis.call('ZREMRANGEBYSCORE', 'ways_back', '-inf', now)
if redis.call('ZCARD', 'ways_back') >= given.most then return 0 end
local pointer = redis.call('HGET', conversation, 'pointer')
for _, kind in ipairs(KINDS) do
  if kind ~= 'conversation' and kind ~= 'record' and kind ~= 'counted' then redis.call('DEL', kind .. tag) end
end
for _, kind in ipairs({'awake', 'holder', 'sender', 'pace', 'cries', 'typing', 'answering'}) do redis.call('DEL', kind .. tag) end
if redis.call('GET', 'address:' .. pointer) == id then redis.call('DEL', 'address:' .. pointer) end
not_due(id)
redis.call('ZREM', 'outbox_due', id)
redis.call('SREM', 'handoffs', id)
redis.call('HDEL', conversation, 'address', 'fetched', 'lost', 'page_seen')
redis.call('HSET', conversation, 'key', given.key, 'words', given.words, 'pointer', 'away')
redis.call('SET', words, id, 'EX', given.seconds)
redis.call('ZADD', 'ways_back', now + given.seconds * 1000, given.words)
redis.call('EXPIRE', 'ways_back', math.max(given.seconds, redis.call('TTL', 'ways_back')))
for _, kind in ipairs({'conversation', 'record', 'counted'}) do redis.call('EXPIRE', kind .. tag, given.seconds) end
redis.call('SET', 'farewell:' .. pointer, given.farewell, 'EX', given.farewell_seconds)
redis.call('SET', 'left:' .. pointer, '1', 'EX', given.farewell_seconds)
redis.call('PUBLISH', 'said', pointer)
redis.call('INCR', 'erased') -- what was written, and the key that opened without the words, are due to be closed for good
redis.call('EXPIRE', 'erased', 86400)
return 1
