-- Keeps a claim alive while the work goes on.   KEYS: holder, then the lists of what is due   given: id token lease(milliseconds)
local holder = KEYS[1]
if redis.call('GET', holder) ~= given.token then return 0 end
redis.call('PEXPIRE', holder, given.lease)
for i = 2, #KEYS do redis.call('ZADD', KEYS[i], 'XX', milliseconds() + given.lease, given.id) end
return 1
