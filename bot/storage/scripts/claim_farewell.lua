-- Leases one farewell that is still to be sent: two gateways do not both send it.
-- KEYS: farewells_due   given: lease(milliseconds)
local farewells_due, now = KEYS[1], milliseconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', farewells_due, '-inf', now, 'LIMIT', 0, 20)) do
  local sealed = redis.call('GET', 'farewell_due:' .. id)
  if sealed then
    though_full()
    redis.call('ZADD', farewells_due, now + given.lease, id)
    return {id, sealed}
  end
  redis.call('ZREM', farewells_due, id)
end
return {}
