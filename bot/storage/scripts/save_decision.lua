-- Stores what a turn left: record, tracker and answer, all or none, for as long as the conversation itself lives.
-- Refused if the conversation was erased meanwhile: what is erased must not come back.
-- `awake` expires earlier: without it, the person has come back after a long time.
-- KEYS: conversation record tracker answer awake   ARGV: record tracker answer awake_seconds
local left = redis.call('PTTL', KEYS[1])
if left == -2 then return 0 end
if left == -1 then left = 86400000 end
though_full()
for i = 1, 3 do redis.call('SET', KEYS[i + 1], ARGV[i], 'PX', left) end
redis.call('SET', KEYS[5], '1', 'PX', math.min(left, ARGV[4] * 1000))
return 1
