-- The page is still open: the conversation lives on. KEYS: address   ARGV: keep_seconds
local id = redis.call('GET', KEYS[1])
if not id then return false end
redis.call('EXPIRE', KEYS[1], ARGV[1])
renew(id, ARGV[1])
return id
