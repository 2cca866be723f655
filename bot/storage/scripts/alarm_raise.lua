-- Raises an alarm once, and has the targets outside the desk called: at once, or when their pause after the last call is over.
-- KEYS: alarms alarm_calls   ARGV: id alarm target...
though_full()
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('EXPIRE', KEYS[1], 172800)
redis.call('INCR', 'alarm_count')
redis.call('EXPIRE', 'alarm_count', 172800)
for i = 3, #ARGV do
  local pause = math.max(redis.call('PTTL', 'alarm_pause:' .. ARGV[i]), 0)
  redis.call('ZADD', KEYS[2], 'LT', milliseconds() + pause, ARGV[i])
end
redis.call('EXPIRE', KEYS[2], 172800)
return 1
