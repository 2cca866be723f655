-- Ends a call. A pause follows; alarms raised meanwhile are announced after it, and those nobody has taken on again later.
-- KEYS: alarm_calls   ARGV: target outcome('told'|'failed'|'nothing') raised_before pause again (milliseconds)
local now, news = milliseconds(), (redis.call('GET', 'alarm_count') or '0') ~= ARGV[3]
if ARGV[2] == 'nothing' and not news then return redis.call('ZREM', KEYS[1], ARGV[1]) end
if ARGV[2] == 'told' then redis.call('SET', 'alarm_pause:' .. ARGV[1], '1', 'PX', ARGV[4]) end
local soon = news or ARGV[2] == 'failed'
redis.call('ZADD', KEYS[1], 'XX', now + (soon and ARGV[4] or ARGV[5]), ARGV[1])
return 1
