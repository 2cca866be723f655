-- Leases the conversation that has waited longest: two workers never hold the same conversation.
-- A worker that dies lets its lease run out, and the conversation is due again.
-- KEYS: inbox_due or outbox_due   given: lease(milliseconds) token queue('inbox' or 'outbox') holder('holder' or 'sender')
local due, now = KEYS[1], milliseconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, 20)) do
  local tag = ':{' .. id .. '}'
  local head = redis.call('LINDEX', given.queue .. tag, 0)
  local fields = redis.call('HGETALL', 'conversation' .. tag)
  if head and #fields > 0 then
    though_full()
    redis.call('ZADD', due, now + given.lease, id)
    redis.call('SET', given.holder .. tag, given.token, 'PX', given.lease)
    local waiting = redis.call('LLEN', given.queue .. tag)
    local told = tonumber(redis.call('GET', 'told' .. tag) or '0')
    local tries = tonumber(redis.call('GET', 'tries' .. tag) or '0')
    local pointer = redis.call('HGET', 'conversation' .. tag, 'pointer')
    return {id, head, waiting, told, tries, fields, redis.call('EXISTS', 'blocked:' .. pointer)}
  end
  redis.call('ZREM', due, id) -- answered, expired or erased meanwhile
end
return {}
