-- Pays for a text message before it is sent, from the share of its number and the sum of all; or says that it is held back.
-- KEYS: texts_sent texts   given: parts purpose('answer'|'crisis'|'person') excused share sum reserve seconds
-- Returns, by name: paid('share'|'reserve'|'') why('each'|'all'|'') excuse(whether a line is due in its place, once in the hour)
local texts_sent, texts = unpack(KEYS)
local parts, paid, why = given.parts, '', ''
local function spent(name) return tonumber(redis.call('HGET', texts, name) or '0') end
if spent('share') + parts > given.share then
  why = 'each'
elseif tonumber(redis.call('GET', texts_sent) or '0') + parts > given.sum then
  why = 'all'
end
if why == '' or given.purpose == 'person' then
  paid = 'share'
elseif given.purpose == 'crisis' and spent('reserve') < given.reserve then
  paid = 'reserve'
end
though_full()
local excuse = false
if paid ~= '' then
  why = ''
  redis.call('HINCRBY', texts, paid, parts)
  redis.call('INCRBY', texts_sent, parts)
elseif given.excused then
  excuse = redis.call('HSETNX', texts, 'excused', '1') == 1
end
-- From the first text on: an hour that began anew with each would never end for somebody who goes on writing.
for _, name in ipairs(KEYS) do
  if redis.call('TTL', name) == -1 then redis.call('EXPIRE', name, given.seconds) end
end
return cmsgpack.pack({paid = paid, why = why, excuse = excuse})
