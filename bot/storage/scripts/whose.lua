-- The conversation behind an address, with its wrapped key ('' where it has just ended).   KEYS: address
local id = redis.call('GET', KEYS[1])
return id and {id, redis.call('HGET', 'conversation:{' .. id .. '}', 'key') or ''} or {}
