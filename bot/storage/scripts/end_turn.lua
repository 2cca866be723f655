-- Ends a claim. What is said goes into the transcript and the outbox; a turn that is done leaves the inbox,
-- a turn that is put off stays and is due again later. Refused if the claim is no longer ours.
-- KEYS: holder conversation inbox transcript outbox told tries inbox_due counted
-- ARGV: id token outcome('done'|'away'|'refused') delay_milliseconds waiting_at_claim locale urgent(1|0) hush(1|0)
--   what is said, complaints, unmet and counts, as their functions read them: all but the first only for a turn that is done,
--   so that a turn that is retried counts once
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
-- Expired just now: whatever is written now would never expire.
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local id, outcome = ARGV[1], ARGV[3]
local now = milliseconds()
local lines = tonumber(ARGV[9])
if ARGV[8] == '1' then take_back(id) end
local after = say(id, 9, ARGV[7] == '1')
if ARGV[6] ~= '' then redis.call('HSET', KEYS[2], 'locale', ARGV[6]) end
if outcome == 'done' then
  count_conversation(count_unmet(complain(after)), KEYS[9])
  redis.call('LPOP', KEYS[3])
  redis.call('DEL', KEYS[7])
  if tonumber(redis.call('GET', KEYS[6]) or '0') > 0 then redis.call('DECR', KEYS[6]) end
  if redis.call('LLEN', KEYS[3]) > 0 then redis.call('ZADD', KEYS[8], now + ARGV[4], id) else redis.call('ZREM', KEYS[8], id) end
else
  local waiting, delay = redis.call('LLEN', KEYS[3]), tonumber(ARGV[4])
  if outcome == 'refused' then redis.call('INCR', KEYS[7]) end
  -- Every message in this inbox has now been told that no good answer can be had for the moment.
  if lines > 0 then redis.call('SET', KEYS[6], waiting) end
  -- Somebody wrote during this attempt: look again at once, since it may be STOP.
  if waiting > tonumber(ARGV[5]) then delay = 0 end
  redis.call('ZADD', KEYS[8], now + delay, id)
end
-- Keys created just now must not outlive the conversation: they get the time it has left.
local left = redis.call('PTTL', KEYS[2])
if left > 0 then
  for _, i in ipairs({4, 5, 6, 7, 9}) do redis.call('PEXPIRE', KEYS[i], left) end
end
return 1
