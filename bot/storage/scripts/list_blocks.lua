-- Returns the blocks in force (id, by, door, since, milliseconds left), and ends the block that is named.
-- KEYS: blocks   ARGV: block_id('' for none)
local found = {}
for _, pointer in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local blocked = 'blocked:' .. pointer
  local id, by, door, since = unpack(redis.call('HMGET', blocked, 'id', 'by', 'door', 'since'))
  if id == ARGV[1] then redis.call('DEL', blocked) end
  if not id or id == ARGV[1] then redis.call('SREM', KEYS[1], pointer) end
  if id then table.insert(found, {id, by, door, since, redis.call('PTTL', blocked)}) end
end
return found
