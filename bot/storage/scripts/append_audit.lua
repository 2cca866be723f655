-- Adds a line to the desk's audit log if no other came in between, and drops lines that are too old: all of it or nothing.
-- KEYS: audit audit_head   given: head_before head_after id oldest_id seconds sealed mac
local audit, head = unpack(KEYS)
if (redis.call('GET', head) or '') ~= given.head_before then return 0 end
though_full()
redis.call('XADD', audit, 'MINID', '=', given.oldest_id, given.id,
  'before', given.head_before, 'sealed', given.sealed, 'mac', given.mac)
redis.call('SET', head, given.head_after, 'EX', given.seconds)
redis.call('EXPIRE', audit, given.seconds)
return 1
