-- Adds a person's line to the transcript, once, however often the turn is tried, and counts their lines in this minute.
-- KEYS: holder lines transcript conversation pace   ARGV: token turn line
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
-- Expired just now: a line written now would never expire.
if redis.call('EXISTS', KEYS[4]) == 0 then return 0 end
though_full()
if redis.call('HSETNX', KEYS[2], ARGV[2], '1') == 1 then
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', 4000, '*', 'line', ARGV[3])
  redis.call('SET', KEYS[5], '0', 'EX', 60, 'NX')
  redis.call('INCR', KEYS[5])
end
local left = redis.call('PTTL', KEYS[4])
if left > 0 then
  redis.call('PEXPIRE', KEYS[2], left)
  redis.call('PEXPIRE', KEYS[3], left)
end
return tonumber(redis.call('GET', KEYS[5]) or '1')
