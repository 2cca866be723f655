-- Leases a target that is to be called, and returns it with the number of alarms raised so far.
-- KEYS: alarm_calls   given: lease(milliseconds)
local calls, now = KEYS[1], milliseconds()
local target = redis.call('ZRANGEBYSCORE', calls, '-inf', now, 'LIMIT', 0, 1)[1]
if not target then return {} end
redis.call('ZADD', calls, now + given.lease, target)
return {target, redis.call('GET', 'alarm_count') or '0'}
