-- Leases the conversation that has waited longest: two workers never hold the same conversation.
-- A worker that dies lets its lease run out, and the conversation is due again.
-- KEYS: inbox_due   ARGV: lease_milliseconds token queue ('inbox' or 'outbox') holder ('holder' or 'sender')
local now = milliseconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 20)) do
  local tag = ':{' .. id .. '}'
  local head = redis.call('LINDEX', ARGV[3] .. tag, 0)
  local fields = redis.call('HGETALL', 'conversation' .. tag)
  if head and #fields > 0 then
    though_full()
    redis.call('ZADD', KEYS[1], now + ARGV[1], id)
    redis.call('SET', ARGV[4] .. tag, ARGV[2], 'PX', ARGV[1])
    local waiting = redis.call('LLEN', ARGV[3] .. tag)
    local told = tonumber(redis.call('GET', 'told' .. tag) or '0')
    local tries = tonumber(redis.call('GET', 'tries' .. tag) or '0')
    local pointer = redis.call('HGET', 'conversation' .. tag, 'pointer')
    return {id, head, waiting, told, tries, fields, redis.call('EXISTS', 'blocked:' .. pointer)}
  end
  redis.call('ZREM', KEYS[1], id) -- answered, expired or erased meanwhile
end
return {}
