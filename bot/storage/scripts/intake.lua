-- Accepts one message: checks whether it was seen before, finds or creates its conversation, and queues it. All or nothing.
-- A message that is refused as one too many still leaves a copy at its provider.
-- KEYS: seen address conversation inbox holder inbox_due
-- ARGV: id fresh wrapped_key channel sealed_address pointer sealed_turn keep_seconds seen_seconds most_waiting copies...
if redis.call('EXISTS', KEYS[1]) == 1 then return 'repeated' end
if redis.call('EXISTS', 'left:' .. ARGV[6]) == 1 then return 'left' end
local id, fresh = ARGV[1], ARGV[2] == '1'
local current = redis.call('GET', KEYS[2])
-- Between the lookup and this script somebody else may have opened or erased the conversation.
if fresh and current and redis.call('EXISTS', 'conversation:{' .. current .. '}') == 1 then return 'moved' end
if not fresh and (current ~= id or redis.call('EXISTS', KEYS[3]) == 0) then return 'moved' end
-- Whichever write of this script comes first, here or below, needs memory: a full Redis refuses the message as a whole, and
-- the person is told.
schedule_deletion(11, 'owed:{' .. id .. '}')
if redis.call('LLEN', KEYS[4]) >= tonumber(ARGV[10]) then return 'full' end

redis.call('SET', KEYS[1], '1', 'EX', ARGV[9])
redis.call('DEL', 'stopped:' .. ARGV[6]) -- whoever writes again has asked to be answered
if fresh then
  begin(id, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[8])
end
redis.call('HDEL', KEYS[3], 'unreachable')
redis.call('RPUSH', KEYS[4], ARGV[7])
redis.call('EXPIRE', KEYS[2], renew(id, ARGV[8]))

local now = milliseconds()
local paced = tonumber(redis.call('GET', 'pace:{' .. id .. '}') or '0') > 30
if redis.call('EXISTS', KEYS[5]) == 1 or paced then
  -- A worker has an earlier message and checks the inbox again before it lets go; or a flood is slowed down.
  redis.call('ZADD', KEYS[6], 'NX', now, id)
else
  redis.call('ZADD', KEYS[6], now, id)
end
redis.call('EXPIRE', KEYS[6], 172800)
return 'accepted'
