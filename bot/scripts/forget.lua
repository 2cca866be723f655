-- Erases a conversation: its key, its texts, its look-up. What may still be said is a farewell without text.
-- Copies at a provider are due to be deleted at once. Who said STOP is written to no more until they write.
-- KEYS: conversation agenda postbox duties
-- ARGV: id farewell('' or sealed) farewell_seconds duty_id('' where the page fetches it) stop_seconds(0: no STOP)
local id, tag = ARGV[1], ':{' .. ARGV[1] .. '}'
local pointer = redis.call('HGET', KEYS[1], 'pointer')
if not pointer then return 0 end
for _, kind in ipairs({'conversation', 'inbox', 'outbox', 'transcript', 'record', 'tracker', 'answer', 'awake', 'told', 'tries', 'lines', 'holder', 'sender', 'pace'}) do
  redis.call('DEL', kind .. tag)
end
for _, copy in ipairs(redis.call('SMEMBERS', 'owed' .. tag)) do
  redis.call('ZADD', 'copies', 'XX', milliseconds(), copy)
end
redis.call('DEL', 'owed' .. tag)
if ARGV[5] ~= '0' then redis.call('SET', 'stopped:' .. pointer, '1', 'EX', ARGV[5]) end
if redis.call('GET', 'address:' .. pointer) == id then redis.call('DEL', 'address:' .. pointer) end
redis.call('ZREM', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
if ARGV[2] ~= '' then
  if ARGV[4] == '' then
    redis.call('SET', 'farewell:' .. pointer, ARGV[2], 'EX', ARGV[3])
    -- What the page had still on its way must not open a talk anew behind the cleared one.
    redis.call('SET', 'left:' .. pointer, '1', 'EX', ARGV[3])
  else
    redis.call('SET', 'duty:' .. ARGV[4], ARGV[2], 'EX', 172800)
    redis.call('ZADD', KEYS[4], milliseconds(), ARGV[4])
    redis.call('EXPIRE', KEYS[4], 172800)
  end
end
redis.call('INCR', 'erased') -- the append-only file is due for a rewrite
redis.call('EXPIRE', 'erased', 86400)
return 1
