-- Keeps a claim alive while the work goes on.   KEYS: holder inbox_due   given: id token lease(milliseconds)
local holder, due = unpack(KEYS)
if redis.call('GET', holder) ~= given.token then return 0 end
redis.call('PEXPIRE', holder, given.lease)
redis.call('ZADD', due, 'XX', milliseconds() + given.lease, given.id)
return 1
