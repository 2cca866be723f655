-- Adds a note for the next shift; of too many the oldest goes.   KEYS: handovers   given: id sealed ends(milliseconds) seconds most
redis.call('SET', 'handover:{' .. given.id .. '}', given.sealed, 'EX', given.seconds)
redis.call('ZADD', KEYS[1], given.ends, given.id)
redis.call('EXPIRE', KEYS[1], given.seconds)
for _, old in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1 - given.most)) do
  redis.call('DEL', 'handover:{' .. old .. '}', 'handover_read:{' .. old .. '}')
  redis.call('ZREM', KEYS[1], old)
end
return 1
