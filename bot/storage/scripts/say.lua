-- Says something outside a turn, all of it or nothing. It extends no expiry: only what the person does keeps a conversation alive.
-- KEYS: conversation handoff lines transcript outbox answering
-- given: id operator('' or who has to have the conversation, or to have joined it) once('' or a mark under which it is said once) spoken
-- Returns 'said', 'repeated', 'not_yours' or 'gone'
local conversation, with_whom, lines, transcript, outbox, answering = unpack(KEYS)
local operator, once = given.operator, given.once
if redis.call('EXISTS', conversation) == 0 then return 'gone' end
if once ~= '' and redis.call('HEXISTS', lines, 'told ' .. once) == 1 then return 'repeated' end
though_full()
if operator ~= '' then
  local state, owner, since, joined, untold = handoff(given.id, 'state', 'operator', 'since', 'joined', 'joined_untold')
  -- A supervisor who has joined can write once the person was told of them: in a text message no line says whose it is.
  local beside = joined == operator and untold == ''
  if state ~= 'operator' or owner ~= operator and not beside then return 'not_yours' end
  local waited = handoff(given.id, 'waiting_since') or ''
  if waited ~= '' then
    local now = milliseconds()
    local waits = 'live_waits:' .. math.floor(now / 1800000)
    redis.call('RPUSH', waits, math.max(math.floor((now - waited) / 1000), 0))
    redis.call('EXPIRE', waits, LIVE_KEPT)
    redis.call('HSET', with_whom, 'waiting_since', '')
  end
  redis.call('HSET', with_whom, 'answered', since) -- somebody has written in this step of the handoff
  redis.call('DEL', answering) -- what was being typed stands there now
end
if once ~= '' then redis.call('HSET', lines, 'told ' .. once, '1') end
say(given.id, given.spoken)
local left = redis.call('PTTL', conversation)
for _, key in ipairs({lines, transcript, outbox}) do redis.call('PEXPIRE', key, left > 0 and left or 86400000) end
return 'said'
