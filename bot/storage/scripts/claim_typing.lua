-- Takes the conversations of a channel in which an operator has just started or gone on typing: one gateway shows each sign.
-- Returns id, wrapped key and sealed address.   given: channel
local found = {}
for _, id in ipairs(handoffs()) do
  local tag, state, channel = ':{' .. id .. '}', handoff(id, 'state', 'channel')
  if state == 'operator' and channel == given.channel and redis.call('GET', 'answering' .. tag) == '1' then
    redis.call('SET', 'answering' .. tag, 'shown', 'KEEPTTL')
    table.insert(found, {id, unpack(redis.call('HMGET', 'conversation' .. tag, 'key', 'address'))})
  end
end
return found
