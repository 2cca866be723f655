-- Counts an answer to a crisis, and tells whether the same cry was answered so often already that this one is not.
-- KEYS: cries   given: turn cry(a keyed hash) most seconds
local cries = KEYS[1]
if redis.call('HEXISTS', cries, given.turn) == 1 then return 1 end
local same = 0
for _, cry in ipairs(redis.call('HVALS', cries)) do
  if cry == given.cry then same = same + 1 end
end
if same >= given.most then return 0 end
though_full()
redis.call('HSET', cries, given.turn, given.cry)
if redis.call('TTL', cries) == -1 then redis.call('EXPIRE', cries, given.seconds) end
return 1
