-- Ends a call. A pause follows; alarms raised meanwhile are announced after it, and those nobody has taken on again later.
-- KEYS: alarm_calls   given: target outcome('told'|'failed'|'nothing') raised_before pause again(milliseconds)
local calls, target = KEYS[1], given.target
local news = (redis.call('GET', 'alarm_count') or '0') ~= given.raised_before
if given.outcome == 'nothing' and not news then return redis.call('ZREM', calls, target) end
if given.outcome == 'told' then redis.call('SET', 'alarm_pause:' .. target, '1', 'PX', given.pause) end
local soon = news or given.outcome == 'failed'
redis.call('ZADD', calls, 'XX', milliseconds() + (soon and given.pause or given.again), target)
return 1
