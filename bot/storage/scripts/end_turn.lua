-- Ends a claim. What is said goes into the transcript and the outbox; a turn that is done leaves the inbox,
-- a turn that is put off stays and is due again later. Refused if the claim is no longer ours.
-- KEYS: holder conversation inbox transcript outbox told tries urgent counted
-- given: id token outcome('done'|'away'|'refused') delay(milliseconds) waiting_at_claim locale('': unsettled) pair urgent hush spoken
--   mark(of the message that is done, if it must not wait)
--   complaints unmet, counts if the conversation counts differently now, and helped if "did this help?" was answered: used only for a turn that is done, so that a turn
--   that is retried counts once
local holder, conversation, inbox, transcript, outbox, told, tries, urgent, counted = unpack(KEYS)
if redis.call('GET', holder) ~= given.token then return 0 end
redis.call('DEL', holder)
-- Expired just now: whatever is written now would never expire.
if redis.call('EXISTS', conversation) == 0 then return 0 end
local id, now = given.id, milliseconds()
if given.hush then take_back(id) end
say(id, given.spoken, given.urgent)
if given.locale ~= '' then redis.call('HSET', conversation, 'locale', given.locale) end
-- The two languages of somebody whose language is not served: they stay the same for the whole conversation.
if given.pair ~= '' then redis.call('HSET', conversation, 'pair', given.pair) end
if given.outcome == 'done' then
  complain(given.complaints)
  count_unmet(given.unmet)
  if given.counts then count_conversation(given.counts, counted) end
  if given.helped then count_helped(given.helped, now) end
  redis.call('LPOP', inbox)
  if given.mark ~= '' then redis.call('LREM', urgent, 1, given.mark) end
  redis.call('DEL', tries)
  if tonumber(redis.call('GET', told) or '0') > 0 then redis.call('DECR', told) end
  if redis.call('LLEN', inbox) == 0 then
    redis.call('DEL', urgent)
    not_due(id)
  elseif redis.call('EXISTS', urgent) == 1 then
    due(id, now) -- behind a flood a cry must not wait
  else
    due(id, now + given.delay)
  end
else
  local waiting, delay = redis.call('LLEN', inbox), given.delay
  if given.outcome == 'refused' then redis.call('INCR', tries) end
  -- Every message in this inbox has now been told that no good answer can be had for the moment.
  if #given.spoken.lines > 0 then redis.call('SET', told, waiting) end
  -- Somebody wrote during this attempt: look again at once, since it may be STOP.
  if waiting > given.waiting_at_claim then delay = 0 end
  due(id, now + delay)
end
-- Keys created just now must not outlive the conversation: they get the time it has left.
local left = redis.call('PTTL', conversation)
if left > 0 then
  for _, key in ipairs({transcript, outbox, told, tries, counted}) do redis.call('PEXPIRE', key, left) end
end
return 1
