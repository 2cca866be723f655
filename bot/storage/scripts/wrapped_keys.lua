-- Returns the wrapped key of each conversation ('' where it has none any more).   KEYS: conversations
local found = {}
for _, conversation in ipairs(KEYS) do table.insert(found, redis.call('HGET', conversation, 'key') or '') end
return found
