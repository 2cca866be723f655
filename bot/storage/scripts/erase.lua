-- Erases a conversation: its key, its texts, its lookup, its place in the queue. What can still be said is a farewell without text.
-- Copies at a provider are due to be deleted at once. Somebody who said STOP is not written to until they write again.
-- KEYS: conversation outbox_due farewells_due
-- given: id farewell('' or sealed) farewell_seconds farewell_id('' where the page fetches it) stop_seconds(0: no STOP)
--   waiting(nil, or how many messages the inbox must hold: otherwise nothing is done, and -1 returned)
--   successor(nil, or what was written after the word that ended it: {id wrapped_key channel sealed_address keep_seconds turns})
local conversation, outbox_due, farewells_due = unpack(KEYS)
local id, tag = given.id, ':{' .. given.id .. '}'
local pointer = redis.call('HGET', conversation, 'pointer')
if not pointer then return 0 end
if given.waiting and redis.call('LLEN', 'inbox' .. tag) ~= given.waiting then return -1 end
though_full()
local words = redis.call('HGET', conversation, 'words')
if words then
  redis.call('DEL', 'way_back:' .. words)
  redis.call('ZREM', 'ways_back', words)
end
local owner, priority = handoff(id, 'operator', 'priority')
if owner and owner ~= '' then look_after(owner, priority) end -- what was hard was hard, even if the person ended it with a word
for _, kind in ipairs(KINDS) do redis.call('DEL', kind .. tag) end
for _, kind in ipairs({'awake', 'holder', 'sender', 'pace', 'cries', 'typing', 'answering'}) do redis.call('DEL', kind .. tag) end
for _, copy in ipairs(redis.call('SMEMBERS', 'owed' .. tag)) do
  redis.call('ZADD', 'copies', 'XX', milliseconds(), copy)
end
redis.call('DEL', 'owed' .. tag)
if given.stop_seconds > 0 then redis.call('SET', 'stopped:' .. pointer, '1', 'EX', given.stop_seconds) end
if redis.call('GET', 'address:' .. pointer) == id then redis.call('DEL', 'address:' .. pointer) end
not_due(id)
redis.call('ZREM', outbox_due, id)
if redis.call('SREM', 'waits:open', id) == 1 then count_live(milliseconds(), 'left') end
redis.call('SREM', 'handoffs', id) -- out of the queue, and off its operator's load
if given.farewell ~= '' then
  if given.farewell_id == '' then
    redis.call('SET', 'farewell:' .. pointer, given.farewell, 'EX', given.farewell_seconds)
    -- What the page still had on its way must not open a new conversation behind the cleared page.
    redis.call('SET', 'left:' .. pointer, '1', 'EX', given.farewell_seconds)
  else
    redis.call('SET', 'farewell_due:' .. given.farewell_id, given.farewell, 'EX', 172800)
    redis.call('ZADD', farewells_due, milliseconds(), given.farewell_id)
    redis.call('EXPIRE', farewells_due, 172800)
  end
end
local successor = given.successor
if successor then
  begin(successor.id, successor, pointer, successor.keep_seconds)
  local its = ':{' .. successor.id .. '}'
  for _, turn in ipairs(successor.turns) do
    redis.call('RPUSH', 'inbox' .. its, turn.sealed_turn)
    if turn.sealed_mark ~= '' then redis.call('RPUSH', 'urgent' .. its, turn.sealed_mark) end
  end
  renew(successor.id, successor.keep_seconds)
  due(successor.id, milliseconds())
end
redis.call('PUBLISH', 'said', pointer) -- a page that is open empties itself
redis.call('INCR', 'erased') -- the append-only file is due for a rewrite
redis.call('EXPIRE', 'erased', 86400)
return 1
