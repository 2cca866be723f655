-- Keeps what a turn left: record, tracker and answer, all or none, for as long as the conversation itself lives.
-- Refused when the conversation was erased meanwhile: what is erased must not come back.
-- KEYS: conversation record tracker answer   ARGV: record tracker answer
local left = redis.call('PTTL', KEYS[1])
if left == -2 then return 0 end
if left == -1 then left = 86400000 end
for i = 1, 3 do redis.call('SET', KEYS[i + 1], ARGV[i], 'PX', left) end
return 1
