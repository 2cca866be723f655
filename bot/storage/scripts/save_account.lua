-- Writes an account of the desk if it is still as it was read, and nobody else has its name or its alias.
-- KEYS: account name former_name alias former_alias   given: before('' for a new one) after id seconds
-- Returns 1 if written, 0 if another was faster, -1 if the name is taken, -2 if the alias is
local account, name, former_name, alias, former_alias = unpack(KEYS)
local function taken(key)
  local holder = redis.call('GET', key)
  return holder and holder ~= given.id
end
if (redis.call('GET', account) or '') ~= given.before then return 0 end
if taken(name) then return -1 end
if taken(alias) then return -2 end
redis.call('DEL', former_name, former_alias)
redis.call('SET', account, given.after, 'EX', given.seconds)
redis.call('SET', name, given.id, 'EX', given.seconds)
redis.call('SET', alias, given.id, 'EX', given.seconds)
return 1
