-- Leases a target that is to be called, and returns it with the number of alarms raised so far.
-- KEYS: alarm_calls   ARGV: lease_milliseconds
local now = milliseconds()
local target = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
if not target then return {} end
redis.call('ZADD', KEYS[1], now + ARGV[1], target)
return {target, redis.call('GET', 'alarm_count') or '0'}
