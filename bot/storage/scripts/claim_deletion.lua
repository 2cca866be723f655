-- Leases the copy that is due first, and returns it. If its record has expired, it comes without content.
-- KEYS: copies   ARGV: lease_milliseconds
local now = milliseconds()
local first = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
if not first then return {} end
though_full()
redis.call('ZADD', KEYS[1], now + ARGV[1], first)
local record = redis.call('HMGET', 'copy:' .. first, 'tries', 'sealed')
return {first, tonumber(record[1] or '0'), record[2]}
