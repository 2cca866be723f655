-- Raises an alarm once, and has the targets outside the desk called: at once, or when their pause after the last call is over.
-- KEYS: alarms alarm_calls   given: id alarm targets
local alarms, calls = unpack(KEYS)
though_full()
if redis.call('HSETNX', alarms, given.id, given.alarm) == 0 then return 0 end
redis.call('EXPIRE', alarms, 172800)
redis.call('INCR', 'alarm_count')
redis.call('EXPIRE', 'alarm_count', 172800)
for _, target in ipairs(given.targets) do
  local pause = math.max(redis.call('PTTL', 'alarm_pause:' .. target), 0)
  redis.call('ZADD', calls, 'LT', milliseconds() + pause, target)
end
redis.call('EXPIRE', calls, 172800)
return 1
