-- Replaces the sealed value that was read; 0 if another is there by now. KEYS: record   ARGV: read new
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
