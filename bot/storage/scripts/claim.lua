-- Leases a conversation: two workers never hold the same one. First what must not wait, then what has waited longest; of long
-- messages only as many at once as the caller likes, so that short ones go past them.
-- A worker that dies lets its lease run out, and the conversation is due again.
-- KEYS: the lists to look at, in this order
-- given: lease(milliseconds) token queue('inbox' or 'outbox') holder('holder' or 'sender') lists(all of the queue)
--   longest(bytes of a sealed message that is taken from the last list)
-- Returns, by name, what Claim in store.py holds; nothing if none is due.
local PAGE, MOST = 50, 1000
local now = milliseconds()

local function lease(id, head, fields)
  local tag = ':{' .. id .. '}'
  though_full()
  for i, list in ipairs(given.lists) do
    -- It always stands on the last list, and on another one only while it belongs there.
    if i == #given.lists then redis.call('ZADD', list, now + given.lease, id)
    else redis.call('ZADD', list, 'XX', now + given.lease, id) end
  end
  redis.call('SET', given.holder .. tag, given.token, 'PX', given.lease)
  return cmsgpack.pack({
    conversation = id,
    head = head,
    waiting = redis.call('LLEN', given.queue .. tag),
    told = tonumber(redis.call('GET', 'told' .. tag) or '0'),
    tries = tonumber(redis.call('GET', 'tries' .. tag) or '0'),
    fields = fields,
    blocked = redis.call('EXISTS', 'blocked:' .. fields.pointer) == 1,
    marks = redis.call('LRANGE', 'urgent' .. tag, 0, -1),
  })
end

for place, list in ipairs(KEYS) do
  local passed = 0
  repeat
    local ids = redis.call('ZRANGEBYSCORE', list, '-inf', now, 'LIMIT', passed, PAGE)
    for _, id in ipairs(ids) do
      local tag = ':{' .. id .. '}'
      local head = redis.call('LINDEX', given.queue .. tag, 0)
      if head and redis.call('EXISTS', 'conversation' .. tag) == 1 then
        local last = list == given.lists[#given.lists]
        -- A gateway of a version before leases on the last list alone.
        if last and #head <= given.longest or not last and redis.call('EXISTS', given.holder .. tag) == 0 then
          local fields, flat = {}, redis.call('HGETALL', 'conversation' .. tag)
          for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
          return lease(id, head, fields)
        end
        passed = passed + 1
      else
        redis.call('ZREM', list, id) -- answered, expired or erased meanwhile
      end
    end
  until #ids < PAGE or passed >= MOST
end
return cmsgpack.pack({})
