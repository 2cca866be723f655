-- Saves sealed shifts and ends the proposal that asked for it: all at once, and only if the whole calendar and the proposal are
-- still as they were read; returns 1, or 0.   KEYS: shifts swaps   given: swap proposal(sealed) calendar(digest) shifts {id sealed}
if redis.call('HGET', KEYS[2], given.swap) ~= given.proposal then return 0 end
local ids, read = redis.call('HKEYS', KEYS[1]), {}
table.sort(ids)
for _, id in ipairs(ids) do table.insert(read, redis.sha1hex(redis.call('HGET', KEYS[1], id))) end
if redis.sha1hex(table.concat(ids) .. table.concat(read)) ~= given.calendar then return 0 end
for _, shift in ipairs(given.shifts) do redis.call('HSET', KEYS[1], shift.id, shift.sealed) end
redis.call('HDEL', KEYS[2], given.swap)
return 1
