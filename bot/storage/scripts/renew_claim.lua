-- Keeps a claim alive while the work goes on. KEYS: holder inbox_due   ARGV: id token lease_milliseconds
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], 'XX', milliseconds() + ARGV[3], ARGV[1])
return 1
