-- Leases one farewell that is still to be sent: two gateways do not both send it.
-- KEYS: farewells_due   ARGV: lease_milliseconds
local now = milliseconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 20)) do
  local sealed = redis.call('GET', 'farewell_due:' .. id)
  if sealed then
    though_full()
    redis.call('ZADD', KEYS[1], now + ARGV[1], id)
    return {id, sealed}
  end
  redis.call('ZREM', KEYS[1], id)
end
return {}
