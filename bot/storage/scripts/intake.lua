-- Accepts one message: checks whether it was seen before, finds or creates its conversation, and queues it. All or nothing.
-- A message that is refused as one too many still leaves a copy at its provider.
-- KEYS: seen address conversation inbox holder urgent inbox_due
-- given: id fresh wrapped_key channel sealed_address pointer sealed_turn sealed_mark('': it can wait) keep_seconds seen_seconds
--   most_waiting most_bytes(of the messages that wait) copies
--   most_due(nil: any; how many conversations may be due where this message opens one)
--   remembered(nil, or where a message without a time is remembered: {sets number until}, the set of this month first)
local seen, address, conversation, inbox, holder, urgent, inbox_due = unpack(KEYS)
local id, pointer = given.id, given.pointer
if redis.call('EXISTS', seen) == 1 then return 'repeated' end
local remembered = given.remembered
for _, set in ipairs(remembered and remembered.sets or {}) do
  if redis.call('SISMEMBER', set, remembered.number) == 1 then return 'repeated' end
end
if redis.call('EXISTS', 'left:' .. pointer) == 1 then return 'left' end
local current = redis.call('GET', address)
-- Between the lookup and this script somebody else may have opened or erased the conversation.
if given.fresh and current and redis.call('EXISTS', 'conversation:{' .. current .. '}') == 1 then return 'moved' end
if not given.fresh and (current ~= id or redis.call('EXISTS', conversation) == 0) then return 'moved' end
-- A message that can wait opens no conversation while so many are due that it would wait too long, or while memory runs short:
-- what is left is for those who are in a conversation, and for crises.
if given.fresh and given.sealed_mark == '' then
  if given.most_due and redis.call('ZCARD', inbox_due) >= given.most_due then return 'busy' end
  if short_of_memory() then return 'busy' end
end
-- Whichever write of this script comes first, here or below, needs memory: a full Redis refuses the message as a whole, and
-- the person is told.
schedule_deletion(given.copies, 'owed:{' .. id .. '}')
if redis.call('LLEN', inbox) >= given.most_waiting then return 'full' end
if (redis.call('MEMORY', 'USAGE', inbox) or 0) > given.most_bytes then return 'full' end

redis.call('SET', seen, '1', 'EX', given.seen_seconds)
if remembered then
  redis.call('SADD', remembered.sets[1], remembered.number)
  redis.call('EXPIREAT', remembered.sets[1], remembered['until'])
end
redis.call('DEL', 'stopped:' .. pointer) -- whoever writes again has asked to be answered
if given.fresh then begin(id, given, pointer, given.keep_seconds) end
redis.call('HDEL', conversation, 'unreachable')
redis.call('RPUSH', inbox, given.sealed_turn)
if given.sealed_mark ~= '' then redis.call('RPUSH', urgent, given.sealed_mark) end
redis.call('EXPIRE', address, renew(id, given.keep_seconds))

local now = milliseconds()
local paced = tonumber(redis.call('GET', 'pace:{' .. id .. '}') or '0') > 30 and given.sealed_mark == ''
if redis.call('EXISTS', holder) == 1 or paced then
  -- A worker has an earlier message and checks the inbox again before it lets go; or a flood is slowed down.
  redis.call('ZADD', inbox_due, 'NX', now, id)
  redis.call('EXPIRE', inbox_due, 172800)
else
  due(id, now)
end
return 'accepted'
