-- Says something outside a turn, all of it or nothing. It extends no expiry: only what the person does keeps a conversation alive.
-- KEYS: conversation handoff lines transcript outbox
-- ARGV: id operator('' or who has to have the conversation, or to have joined it) once('' or a mark under which it is said once)
--   what is said, as say() reads it
-- Returns 'said', 'repeated', 'not_yours' or 'gone'
if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
if ARGV[3] ~= '' and redis.call('HEXISTS', KEYS[3], 'told ' .. ARGV[3]) == 1 then return 'repeated' end
though_full()
if ARGV[2] ~= '' then
  local state, operator, since, joined, untold = handoff(ARGV[1], 'state', 'operator', 'since', 'joined', 'joined_untold')
  -- A supervisor who has joined can write once the person was told of them: in a text message no line says whose it is.
  local beside = joined == ARGV[2] and untold == ''
  if state ~= 'operator' or operator ~= ARGV[2] and not beside then return 'not_yours' end
  redis.call('HSET', KEYS[2], 'answered', since) -- somebody has written in this step of the handoff
end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[3], 'told ' .. ARGV[3], '1') end
say(ARGV[1], 4)
local left = redis.call('PTTL', KEYS[1])
for i = 3, 5 do redis.call('PEXPIRE', KEYS[i], left > 0 and left or 86400000) end
return 'said'
