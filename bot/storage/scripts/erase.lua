-- Erases a conversation: its key, its texts, its lookup, its place in the queue. What can still be said is a farewell without text.
-- Copies at a provider are due to be deleted at once. Somebody who said STOP is not written to until they write again.
-- KEYS: conversation inbox_due outbox_due farewells_due
-- ARGV: id farewell('' or sealed) farewell_seconds duty_id('' where the page fetches it) stop_seconds(0: no STOP)
--   waiting('' or how many messages the inbox must hold: otherwise nothing is done, and -1 returned)
--   and, if something was written after the word that ended it: new_id wrapped_key channel sealed_address keep_seconds
--   sealed_turn...
local id, tag = ARGV[1], ':{' .. ARGV[1] .. '}'
local pointer = redis.call('HGET', KEYS[1], 'pointer')
if not pointer then return 0 end
if ARGV[6] ~= '' and redis.call('LLEN', 'inbox' .. tag) ~= tonumber(ARGV[6]) then return -1 end
though_full()
local owner, priority = handoff(id, 'operator', 'priority')
if owner and owner ~= '' then look_after(owner, priority) end -- what was hard was hard, even if the person ended it with a word
for _, kind in ipairs(KINDS) do redis.call('DEL', kind .. tag) end
for _, kind in ipairs({'awake', 'holder', 'sender', 'pace', 'typing', 'answering'}) do redis.call('DEL', kind .. tag) end
for _, copy in ipairs(redis.call('SMEMBERS', 'owed' .. tag)) do
  redis.call('ZADD', 'copies', 'XX', milliseconds(), copy)
end
redis.call('DEL', 'owed' .. tag)
if ARGV[5] ~= '0' then redis.call('SET', 'stopped:' .. pointer, '1', 'EX', ARGV[5]) end
if redis.call('GET', 'address:' .. pointer) == id then redis.call('DEL', 'address:' .. pointer) end
redis.call('ZREM', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
redis.call('SREM', 'handoffs', id) -- out of the queue, and off its operator's load
if ARGV[2] ~= '' then
  if ARGV[4] == '' then
    redis.call('SET', 'farewell:' .. pointer, ARGV[2], 'EX', ARGV[3])
    -- What the page still had on its way must not open a new conversation behind the cleared page.
    redis.call('SET', 'left:' .. pointer, '1', 'EX', ARGV[3])
  else
    redis.call('SET', 'farewell_due:' .. ARGV[4], ARGV[2], 'EX', 172800)
    redis.call('ZADD', KEYS[4], milliseconds(), ARGV[4])
    redis.call('EXPIRE', KEYS[4], 172800)
  end
end
if ARGV[7] then
  begin(ARGV[7], ARGV[8], ARGV[9], ARGV[10], pointer, ARGV[11])
  for i = 12, #ARGV do redis.call('RPUSH', 'inbox:{' .. ARGV[7] .. '}', ARGV[i]) end
  renew(ARGV[7], ARGV[11])
  redis.call('ZADD', KEYS[2], milliseconds(), ARGV[7])
  redis.call('EXPIRE', KEYS[2], 172800)
end
redis.call('PUBLISH', 'said', pointer) -- a page that is open empties itself
redis.call('INCR', 'erased') -- the append-only file is due for a rewrite
redis.call('EXPIRE', 'erased', 86400)
return 1
