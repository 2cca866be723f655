-- Counts an attempt to sign in, and returns the seconds to wait: 0 if it can go on. A refused attempt makes no wait longer.
-- KEYS: counters   given: seconds free(for each counter, how many attempts are free)
local wait = 0
for i, counter in ipairs(KEYS) do
  local count = redis.call('INCR', counter)
  if count == 1 then redis.call('EXPIRE', counter, given.seconds) end
  if count > given.free[i] then wait = math.max(wait, redis.call('TTL', counter), 1) end
end
return wait
