-- The page is still open: the conversation lives on. KEYS: address   ARGV: keep_seconds fetched('' or id of the last line the page has)
local id = redis.call('GET', KEYS[1])
if not id then return false end
redis.call('EXPIRE', KEYS[1], renew(id, ARGV[1]))
if ARGV[2] ~= '' and redis.call('EXISTS', 'conversation:{' .. id .. '}') == 1 then
  redis.call('HSET', 'conversation:{' .. id .. '}', 'fetched', ARGV[2])
end
return id
