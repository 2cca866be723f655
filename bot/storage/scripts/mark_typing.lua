-- Records that somebody is typing, unless the conversation is gone.
-- KEYS: conversation sign   given: seconds wake(id of the conversation whose pages to wake; '' for none)
local conversation, sign = unpack(KEYS)
if redis.call('EXISTS', conversation) == 0 then return 0 end
if not redis.call('SET', sign, '1', 'EX', given.seconds, 'GET') and given.wake ~= '' then wake(given.wake) end
return 1
