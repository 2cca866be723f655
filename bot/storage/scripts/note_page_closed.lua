-- Notes when the page of a conversation was closed, unless the conversation is gone. A closed page never comes back.
-- KEYS: conversation
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSETNX', KEYS[1], 'page_closed', milliseconds())
return 1
