-- Returns the conversation behind an address, with its wrapped key ('' if it has just ended).   KEYS: address
local id = redis.call('GET', KEYS[1])
return id and {id, redis.call('HGET', 'conversation:{' .. id .. '}', 'key') or ''} or {}
