-- Retries later to delete a copy; a copy whose record has expired is given up.   KEYS: copies   given: key delay(milliseconds)
local copies, record = KEYS[1], 'copy:' .. given.key
if redis.call('EXISTS', record) == 0 then
  cancel_deletion(given.key)
  return 0
end
though_full()
redis.call('HINCRBY', record, 'tries', 1)
redis.call('EXPIRE', copies, 176400)
redis.call('ZADD', copies, 'XX', milliseconds() + given.delay, given.key)
return 1
