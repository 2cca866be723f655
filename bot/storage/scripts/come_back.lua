-- Lets a page go on with a conversation that was put away behind words, once. All or nothing.
-- KEYS: address way_back conversation record transcript
-- given: id before(the wrapped key that was read) key record line pointer sealed_address keep_seconds
-- Returns 0 if the words lead nowhere any more, or the page has a conversation; -1 if the key was wrapped anew meanwhile.
local address, words, conversation, record, transcript = unpack(KEYS)
if redis.call('GET', words) ~= given.id or redis.call('EXISTS', address) == 1 then return 0 end
if redis.call('HGET', conversation, 'key') ~= given.before then return -1 end
redis.call('DEL', words)
redis.call('ZREM', 'ways_back', string.match(words, ':(.*)'))
redis.call('HDEL', conversation, 'words')
redis.call('HSET', conversation, 'key', given.key, 'pointer', given.pointer, 'address', given.sealed_address)
redis.call('SET', record, given.record)
add_line(transcript, given.line)
redis.call('SET', address, given.id, 'EX', given.keep_seconds)
renew(given.id, given.keep_seconds)
return 1
