-- Returns the blocks in force, by name (id by door since, and the milliseconds left), and ends the block that is named.
-- KEYS: blocks   given: lifted(id of a block; '' for none)
local blocks, found = KEYS[1], {}
for _, pointer in ipairs(redis.call('SMEMBERS', blocks)) do
  local blocked = 'blocked:' .. pointer
  local id, by, door, since = unpack(redis.call('HMGET', blocked, 'id', 'by', 'door', 'since'))
  if id == given.lifted then redis.call('DEL', blocked) end
  if not id or id == given.lifted then redis.call('SREM', blocks, pointer) end
  if id then
    table.insert(found, {id = id, by = by, door = door, since = since, left = redis.call('PTTL', blocked)})
  end
end
return cmsgpack.pack(found)
