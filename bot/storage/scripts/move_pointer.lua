-- Moves what is known of an address to its new look-up key, while the master key is being changed.
-- KEYS: address   given: former pointer
local former, pointer, moved = given.former, given.pointer, false
for _, kind in ipairs({'address:', 'left:', 'farewell:', 'blocked:', 'stopped:'}) do
  if redis.call('EXISTS', kind .. former) == 1 and redis.call('EXISTS', kind .. pointer) == 0 then
    though_full()
    redis.call('RENAME', kind .. former, kind .. pointer)
    moved = true
  end
end
if redis.call('SREM', 'blocks', former) == 1 then redis.call('SADD', 'blocks', pointer) end
local id = moved and redis.call('GET', 'address:' .. pointer)
if id then redis.call('HSET', 'conversation:{' .. id .. '}', 'pointer', pointer) end
