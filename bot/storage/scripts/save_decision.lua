-- Stores what a turn left: record, tracker and answer, all or none, for as long as the conversation itself lives.
-- Refused if the conversation was erased meanwhile: what is erased must not come back.
-- `awake` expires earlier: without it, the person has come back after a long time.
-- KEYS: conversation record tracker answer awake   given: record tracker answer awake_seconds
local conversation, record, tracker, answer, awake = unpack(KEYS)
local left = redis.call('PTTL', conversation)
if left == -2 then return 0 end
if left == -1 then left = 86400000 end
though_full()
redis.call('SET', record, given.record, 'PX', left)
redis.call('SET', tracker, given.tracker, 'PX', left)
redis.call('SET', answer, given.answer, 'PX', left)
redis.call('SET', awake, '1', 'PX', math.min(left, given.awake_seconds * 1000))
return 1
