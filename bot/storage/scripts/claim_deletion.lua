-- Leases the copy that is due first, and returns it. If its record has expired, it comes without content.
-- KEYS: copies   given: lease(milliseconds)
local copies, now = KEYS[1], milliseconds()
local first = redis.call('ZRANGEBYSCORE', copies, '-inf', now, 'LIMIT', 0, 1)[1]
if not first then return {} end
though_full()
redis.call('ZADD', copies, now + given.lease, first)
local record = redis.call('HMGET', 'copy:' .. first, 'tries', 'sealed')
return {first, tonumber(record[1] or '0'), record[2]}
