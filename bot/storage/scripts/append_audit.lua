-- Adds a line to the desk's audit log if no other came in between, and drops lines that are too old: all of it or nothing.
-- KEYS: audit audit_head   ARGV: head_before head_after id oldest_id seconds sealed mac
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return 0 end
though_full()
redis.call('XADD', KEYS[1], 'MINID', '=', ARGV[4], ARGV[3], 'before', ARGV[1], 'sealed', ARGV[6], 'mac', ARGV[7])
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
