-- Leases the conversation that has waited longest: two workers never hold the same conversation.
-- A worker that dies lets its lease run out, and the conversation is due again.
-- KEYS: inbox_due or outbox_due   given: lease(milliseconds) token queue('inbox' or 'outbox') holder('holder' or 'sender')
-- Returns, by name, what Claim in store.py holds; nothing if none is due.
local due, now = KEYS[1], milliseconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, 20)) do
  local tag = ':{' .. id .. '}'
  local head = redis.call('LINDEX', given.queue .. tag, 0)
  local fields, flat = {}, redis.call('HGETALL', 'conversation' .. tag)
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  if head and #flat > 0 then
    though_full()
    redis.call('ZADD', due, now + given.lease, id)
    redis.call('SET', given.holder .. tag, given.token, 'PX', given.lease)
    return cmsgpack.pack({
      conversation = id,
      head = head,
      waiting = redis.call('LLEN', given.queue .. tag),
      told = tonumber(redis.call('GET', 'told' .. tag) or '0'),
      tries = tonumber(redis.call('GET', 'tries' .. tag) or '0'),
      fields = fields,
      blocked = redis.call('EXISTS', 'blocked:' .. fields.pointer) == 1,
    })
  end
  redis.call('ZREM', due, id) -- answered, expired or erased meanwhile
end
return cmsgpack.pack({})
