-- Adds a person's line to the transcript, once, however often the turn is tried, and counts their lines in this minute.
-- KEYS: holder lines transcript conversation pace typing   given: token turn line
local holder, lines, transcript, conversation, pace, typing = unpack(KEYS)
if redis.call('GET', holder) ~= given.token then return 0 end
-- Expired just now: a line written now would never expire.
if redis.call('EXISTS', conversation) == 0 then return 0 end
though_full()
if redis.call('HSETNX', lines, given.turn, '1') == 1 then
  add_line(transcript, given.line)
  redis.call('DEL', typing) -- what was being typed stands there now
  redis.call('SET', pace, '0', 'EX', 60, 'NX')
  redis.call('INCR', pace)
end
local left = redis.call('PTTL', conversation)
if left > 0 then
  redis.call('PEXPIRE', lines, left)
  redis.call('PEXPIRE', transcript, left)
end
return tonumber(redis.call('GET', pace) or '1')
