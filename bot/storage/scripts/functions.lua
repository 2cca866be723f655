-- What several scripts share; prepended to each of them.

-- What a script is given, by name: Store.run packs its named arguments with MessagePack, which keeps bytes as they are.
-- Whatever is None there is nil here.
local given = ARGV[1] and cmsgpack.unpack(ARGV[1]) or {}

-- The store's own clock: gateways on other machines can be ahead or behind.
local function milliseconds()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Lets a script write although Redis' memory is full. New messages are refused then (intake.lua), and so is what only the desk
-- keeps (notes, shifts, sign-ins); but what was accepted has to be answered and sent, also by an operator, and erasing frees
-- memory. Redis checks its memory only until a script's first write, and always allows a deletion; so the first write deletes
-- a key that never exists, which adds nothing to the append-only file.
local function though_full() redis.call('DEL', 'nothing') end

local KINDS = {'conversation', 'inbox', 'outbox', 'transcript', 'record', 'tracker', 'answer', 'told', 'tries', 'lines',
  'handoff', 'notes', 'draft', 'beside', 'counted', 'urgent'}

local COUNTS_KEPT = 34560000 -- seconds: the same 400 days as KEPT in bot/months.py

-- Wakes the pages of a conversation, in whatever process they wait. What is published is a keyed hash, and is stored nowhere.
local function wake(id)
  local pointer = redis.call('HGET', 'conversation:{' .. id .. '}', 'pointer')
  if pointer then redis.call('PUBLISH', 'said', pointer) end
end

-- Renews the expiry of everything in a conversation, to at least so many seconds, and returns the seconds.
local function renew(id, seconds)
  -- What a supervisor holds lives at least that long; a message cannot shorten it.
  local held = tonumber(redis.call('HGET', 'conversation:{' .. id .. '}', 'held') or '0') - milliseconds()
  seconds = math.max(tonumber(seconds), math.ceil(held / 1000))
  for _, kind in ipairs(KINDS) do
    redis.call('EXPIRE', kind .. ':{' .. id .. '}', seconds)
  end
  redis.call('EXPIRE', 'handoffs', 172800) -- the list of handoffs outlives each of them
  return seconds
end

-- Lets a conversation live on whose page is open and has fetched a line ('' for none). A page asks many times a minute, and
-- every write to Redis is a write to the disk: nothing is written if only a few seconds would change.
local function live_on(id, address, seconds, fetched)
  local conversation, seconds = 'conversation:{' .. id .. '}', tonumber(seconds)
  local left = redis.call('TTL', conversation)
  if left > seconds or left < seconds - math.min(60, seconds / 20) or redis.call('TTL', address) ~= left then
    redis.call('EXPIRE', address, renew(id, seconds))
  end
  if fetched ~= '' and left ~= -2 and redis.call('HGET', conversation, 'fetched') ~= fetched then
    though_full()
    redis.call('HSET', conversation, 'fetched', fetched)
  end
end

-- Whether less than a fifth of the memory that Redis may use is left.
local function short_of_memory()
  local about = redis.call('INFO', 'memory')
  local most = tonumber(string.match(about, '\nmaxmemory:(%d+)'))
  return most > 0 and tonumber(string.match(about, '\nused_memory:(%d+)')) > most * 4 / 5
end

local MOST_LINES, MOST_BYTES = 4000, 524288 -- of one transcript; most have a hundredth of it

-- Adds a sealed line to a transcript, and returns its id. Of a conversation that could fill the memory, the oldest lines go.
local function add_line(transcript, line)
  local id = redis.call('XADD', transcript, 'MAXLEN', '~', MOST_LINES, '*', 'line', line)
  local length = redis.call('XLEN', transcript)
  while length > 1 and redis.call('MEMORY', 'USAGE', transcript) > MOST_BYTES do
    length = math.ceil(length * 3 / 4) - 1
    redis.call('XTRIM', transcript, 'MAXLEN', length)
  end
  return id
end

-- Puts a conversation on the list of those whose inbox is due, from a time on. While something waits in it that must not wait, it
-- stands on a list of its own as well, which is looked at first; a gateway of a version before finds it on the other one.
local function due(id, at)
  redis.call('ZADD', 'inbox_due', at, id)
  redis.call('EXPIRE', 'inbox_due', 172800)
  if redis.call('EXISTS', 'urgent:{' .. id .. '}') == 1 then
    redis.call('ZADD', 'urgent_due', at, id)
    redis.call('EXPIRE', 'urgent_due', 172800)
  else
    redis.call('ZREM', 'urgent_due', id)
  end
end

-- Takes a conversation off both lists.
local function not_due(id)
  redis.call('ZREM', 'inbox_due', id)
  redis.call('ZREM', 'urgent_due', id)
end

-- Creates a conversation {wrapped_key channel sealed_address}, and the address that leads to it.
local function begin(id, fresh, pointer, seconds)
  redis.call('SET', 'address:' .. pointer, id, 'EX', seconds)
  redis.call('HSET', 'conversation:{' .. id .. '}',
    'key', fresh.wrapped_key, 'channel', fresh.channel, 'address', fresh.sealed_address, 'pointer', pointer)
end

-- Records copies {key delay sealed} that a provider keeps and that have to be deleted there after so many milliseconds, also in
-- a set of the conversation ('' for none). If the conversation is gone they are due at once. Their lists outlive the records, so
-- that an expired record is noticed.
local function schedule_deletion(copies, owed, gone)
  local now = milliseconds()
  for _, copy in ipairs(copies) do
    local record, since = 'copy:' .. copy.key, 'copies_since:' .. string.match(copy.key, '^[^:]+')
    redis.call('HSET', record, 'sealed', copy.sealed)
    redis.call('EXPIRE', record, 172800)
    redis.call('ZADD', 'copies', now + (gone and 0 or copy.delay), copy.key)
    redis.call('ZADD', since, 'NX', now, copy.key)
    redis.call('EXPIRE', 'copies', 176400)
    redis.call('EXPIRE', since, 176400)
    if owed ~= '' then
      redis.call('SADD', owed, copy.key)
      redis.call('EXPIRE', owed, 172800)
    end
  end
end

-- Ends the duty to delete a copy.
local function cancel_deletion(key)
  redis.call('DEL', 'copy:' .. key)
  redis.call('ZREM', 'copies', key)
  redis.call('ZREM', 'copies_since:' .. string.match(key, '^[^:]+'), key)
end

-- Suspends a service for so many days from this day on; never shortens a suspension.
local function suspend(service, day, days)
  redis.call('ZADD', 'suspended', 'GT', day + days, service)
  redis.call('EXPIRE', 'suspended', (days + 1) * 86400)
end

-- Counts the suspended services of the same country.
local function out_beside(service)
  local country, n = string.sub(service, 1, 3), 0
  for _, other in ipairs(redis.call('ZRANGE', 'suspended', 0, -1)) do
    if string.sub(other, 1, 3) == country then n = n + 1 end
  end
  return n
end

-- Records complaints {day days least most_a_day services} about services {id most_of_country}, each from one conversation, and
-- suspends what at least so many have complained about: at most a few services a day, and part of a country. Times are days: an
-- hour could reveal whose complaint it was.
local function complain(about)
  local day, days = about.day, about.days
  if #about.services == 0 then return end
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', 'complained', '-inf', day - days - 1)) do
    redis.call('HDEL', 'complaints', old)
    redis.call('ZREM', 'complained', old)
  end
  redis.call('ZREMRANGEBYSCORE', 'suspended', '-inf', day - 1)
  local gone = 'suspensions:' .. day
  for _, service in ipairs(about.services) do
    local times = redis.call('HINCRBY', 'complaints', service.id, 1)
    redis.call('ZADD', 'complained', day, service.id)
    if redis.call('ZSCORE', 'suspended', service.id) then
      suspend(service.id, day, days)
    elseif times >= about.least and tonumber(redis.call('GET', gone) or '0') < about.most_a_day
      and out_beside(service.id) < service.most_of_country then
      suspend(service.id, day, days)
      redis.call('INCR', gone)
      redis.call('EXPIRE', gone, 172800)
    end
  end
  for _, name in ipairs({'complaints', 'complained'}) do redis.call('EXPIRE', name, (days + 1) * 86400) end
end

-- Counts what was asked for and not found: {month seconds cells}.
local function count_unmet(found_nothing)
  local name = 'unmet:' .. found_nothing.month
  for _, cell in ipairs(found_nothing.cells) do
    redis.call('HINCRBY', name, cell, 1)
    if redis.call('TTL', name) < 0 then redis.call('EXPIRE', name, found_nothing.seconds) end
  end
end

-- Changes a number in a month's report.
local function count(month, cell, change, seconds)
  local name = 'counts:' .. month
  redis.call('HINCRBY', name, cell, change)
  if redis.call('TTL', name) < 0 then redis.call('EXPIRE', name, seconds) end
end

-- Counts a conversation, or moves it to other cells: {month seconds sealed changes}, each change a number by its cell.
local function count_conversation(as, counted)
  redis.call('SET', counted, as.sealed)
  for cell, change in pairs(as.changes) do count(as.month, cell, change, as.seconds) end
end

-- Counts how a conversation's first wait for a person ended: with a person after so many milliseconds, or as a word says.
local function count_wait(id, month, priority, how)
  if redis.call('HSETNX', 'conversation:{' .. id .. '}', 'waited', '1') == 0 then return end
  if type(how) == 'number' then
    local minutes = how / 60000
    how = minutes <= 1 and 'in_1' or minutes <= 3 and 'in_3' or minutes <= 10 and 'in_10' or minutes <= 30 and 'in_30' or 'later'
  end
  count(month, 'wait|' .. priority .. '|' .. how, 1, COUNTS_KEPT)
end

-- Says something in a conversation: adds it to the transcript and, on a channel that sends, to the outbox. An entry of the outbox
-- is the id of its line, a space and the message. `spoken` has the sealed `lines`, and `outgoing` messages {line sealed} with the
-- number of their line, from 1.
local function say(id, spoken, urgent)
  local tag, ids = ':{' .. id .. '}', {}
  for i, line in ipairs(spoken.lines) do
    ids[i] = add_line('transcript' .. tag, line)
  end
  if #ids > 0 then wake(id) end
  local outbox = 'outbox' .. tag
  -- An answer to a crisis goes ahead of all that waits, but after what is being sent right now.
  local under_way = redis.call('EXISTS', 'sender' .. tag) == 1
  local before = urgent and redis.call('LINDEX', outbox, under_way and 1 or 0)
  for _, message in ipairs(spoken.outgoing) do
    local entry = ids[message.line] .. ' ' .. message.sealed
    if before then
      redis.call('LINSERT', outbox, 'BEFORE', before, entry)
    else
      redis.call('RPUSH', outbox, entry)
    end
  end
  if #spoken.outgoing > 0 then
    local now = milliseconds()
    if urgent and not under_way then
      redis.call('ZADD', 'outbox_due', now, id) -- also if the head was to be retried later
    else
      redis.call('ZADD', 'outbox_due', 'NX', now, id)
    end
    redis.call('EXPIRE', 'outbox_due', 172800)
  end
end

-- Takes back what waits to be sent: it never arrives. What is being sent right now may arrive, but is not retried.
local function take_back(id)
  local tag = ':{' .. id .. '}'
  local conversation, outbox, under_way = 'conversation' .. tag, 'outbox' .. tag, redis.call('EXISTS', 'sender' .. tag)
  local lost = redis.call('HGET', conversation, 'lost') or ''
  for _, entry in ipairs(redis.call('LRANGE', outbox, under_way, -1)) do lost = lost .. string.match(entry, '^%S+ ') end
  if lost ~= '' then redis.call('HSET', conversation, 'lost', string.sub(lost, -2000)) end
  if under_way == 1 then
    redis.call('LTRIM', outbox, 0, 0)
    redis.call('HSET', conversation, 'once', redis.call('GET', 'sender' .. tag))
  else
    redis.call('DEL', outbox)
    redis.call('HDEL', conversation, 'deliveries')
    redis.call('ZREM', 'outbox_due', id)
  end
end

-- Returns some fields of a handoff.
local function handoff(id, ...)
  return unpack(redis.call('HMGET', 'handoff:{' .. id .. '}', ...))
end

local LIVE_KEPT = 129600 -- seconds: a day, in whatever time zone, and some hours

-- (Under "waits:", which engines may write: their user of Redis in deploy/engine.acl.)
-- Counts for the figures of today that the desk shows, by half hours, so that a day begins with the clocks of the place.
local function count_live(now, what, change)
  local name = 'waits:today:' .. math.floor(now / 1800000)
  redis.call('HINCRBY', name, what, change or 1)
  redis.call('EXPIRE', name, LIVE_KEPT)
end

-- Counts an answer to "did this help?": {month seconds cells today(whether it helped)}.
local function count_helped(answer, now)
  for _, cell in ipairs(answer.cells) do count(answer.month, cell, 1, answer.seconds) end
  if answer.today then count_live(now, 'said_helped') end
end

-- Returns the ids of all living handoffs. Whoever has gone while they waited is counted as left. A handoff whose conversation has expired leaves the queue, and its operator's load, here.
local function handoffs()
  local living = {}
  for _, id in ipairs(redis.call('SMEMBERS', 'handoffs')) do
    if redis.call('EXISTS', 'conversation:{' .. id .. '}', 'handoff:{' .. id .. '}') == 2 then
      table.insert(living, id)
    else
      redis.call('SREM', 'handoffs', id)
      if redis.call('SREM', 'waits:open', id) == 1 then count_live(milliseconds(), 'left') end
    end
  end
  return living
end

-- Whether an operator is on duty: they have shown a sign of presence recently.
local function on_duty(operator, now)
  return tonumber(redis.call('ZSCORE', 'operators', operator) or '0') > now
end

-- Whether any operator on duty is not paused.
local function somebody_is_free(now)
  for _, operator in ipairs(redis.call('ZRANGEBYSCORE', 'operators', '(' .. now, '+inf')) do
    if redis.call('SISMEMBER', 'paused', operator) == 0 then return true end
  end
end

-- Returns the share of an operator's load that a conversation takes: a P0 counts as two.
local function weight(priority)
  return priority == 'P0' and 2 or 1
end

-- Returns an operator's load.
local function load_of(operator)
  local sum = 0
  for _, id in ipairs(handoffs()) do
    local owner, priority = handoff(id, 'operator', 'priority')
    if owner == operator then sum = sum + weight(priority) end
  end
  return sum
end

-- Whether a conversation weighs on an operator beyond the hour.
local function is_severe(priority)
  return priority == 'P0' or priority == 'P1'
end

-- Counts an operator's severe conversations in this shift, including those they have now.
local function severe_of(operator)
  local sum = tonumber(redis.call('GET', 'severe:' .. operator) or '0')
  for _, id in ipairs(handoffs()) do
    local owner, priority = handoff(id, 'operator', 'priority')
    if owner == operator and is_severe(priority) then sum = sum + 1 end
  end
  return sum
end

-- Whether the operator has ended a conversation, and only the seconds in which that can be undone are not over. What is due
-- much later than any end is noise, and holds nothing.
local function is_ending(id, now)
  local due = tonumber(string.match(handoff(id, 'ending') or '', '^%d+'))
  return due and math.abs(now - due) < 60000
end

-- Whether an operator has just ended a P0, and its last seconds are not over.
local function ends_in_danger(operator, now)
  for _, id in ipairs(handoffs()) do
    local owner, priority = handoff(id, 'operator', 'priority')
    if owner == operator and priority == 'P0' and is_ending(id, now) then return true end
  end
end

-- Returns why an operator cannot take a conversation of this priority now; nil if they can.
local function hindrance(operator, priority, most, most_severe, now)
  if not on_duty(operator, now) then return 'off_duty' end
  if redis.call('SISMEMBER', 'paused', operator) == 1 then return 'paused' end
  if load_of(operator) + weight(priority) > most then return 'full' end
  if redis.call('EXISTS', 'break:' .. operator) == 1 or ends_in_danger(operator, now) then return 'break' end
  if is_severe(priority) and severe_of(operator) >= most_severe then return 'enough' end
end

-- Looks after an operator whose conversation has ended: a ten-minute break after a P0, and a twelve-hour count of severe ones.
local function look_after(operator, priority)
  if priority == 'P0' then redis.call('SET', 'break:' .. operator, '1', 'EX', 600) end
  if is_severe(priority) and redis.call('INCR', 'severe:' .. operator) == 1 then
    redis.call('EXPIRE', 'severe:' .. operator, 43200)
  end
end

-- Blocks the address of a conversation {seconds id by}, crises excepted; a later block replaces an earlier one.
local function block(conversation, as)
  local pointer, channel = unpack(redis.call('HMGET', conversation, 'pointer', 'channel'))
  if not pointer then return 0 end
  local blocked = 'blocked:' .. pointer
  redis.call('DEL', blocked)
  redis.call('HSET', blocked, 'id', as.id, 'by', as.by, 'door', channel, 'since', milliseconds())
  redis.call('EXPIRE', blocked, as.seconds)
  redis.call('SADD', 'blocks', pointer)
  redis.call('EXPIRE', 'blocks', 604800)
  return 1
end

-- Removes a supervisor who has joined an operator; what they had begun to write is dropped.
local function depart(id)
  redis.call('HSET', 'handoff:{' .. id .. '}', 'joined', '', 'joined_untold', '')
  redis.call('DEL', 'beside:{' .. id .. '}')
end

-- Returns the id of the last line of a conversation.
local function last_line(id)
  local last = redis.call('XREVRANGE', 'transcript:{' .. id .. '}', '+', '-', 'COUNT', 1)[1]
  return last and last[1] or ''
end

-- Moves a handoff into a state. Who answers is also stored in the conversation, where each turn reads it.
local function enter(id, state, now, operator)
  local tag = ':{' .. id .. '}'
  local owner, priority, joined = handoff(id, 'operator', 'priority', 'joined')
  local left = owner and owner ~= '' and owner ~= operator
  if left then look_after(owner, priority) end
  -- What one operator had begun to write is not said by another.
  if owner ~= (operator or '') then redis.call('DEL', 'draft' .. tag) end
  -- A supervisor joins an operator, and is never alone in a conversation they do not have, and never joined to themselves.
  if joined and joined ~= '' and (state ~= 'operator' or joined == operator) then depart(id) end
  redis.call('HSET', 'handoff' .. tag, 'state', state, 'since', now, 'operator', operator or '', 'offered', '')
  redis.call('HSET', 'handoff' .. tag, 'ending', '', 'returned', '', 'draft', '', 'moved', now)
  -- Kept here until the person has been told that somebody else is there now, or nobody, whichever process dies before that.
  redis.call('HSET', 'handoff' .. tag, 'untold', left and 'left' or '', 'before', owner or '')
  redis.call(state == 'waiting' and 'SADD' or 'SREM', 'waits:open', id)
  redis.call('EXPIRE', 'waits:open', 172800)
  redis.call('HSET', 'conversation' .. tag, 'who', state == 'operator' and 'operator' or 'bot')
  wake(id)
  local left = redis.call('PTTL', 'conversation' .. tag)
  redis.call('PEXPIRE', 'handoff' .. tag, left > 0 and left or 86400000)
end

-- Counts the outcomes of handoffs in a month.
local function count_handoff(month, what)
  redis.call('HINCRBY', 'handoff_counts:' .. month, what, 1)
  if redis.call('TTL', 'handoff_counts:' .. month) < 0 then redis.call('EXPIRE', 'handoff_counts:' .. month, COUNTS_KEPT) end
end

-- Returns by name the state of a handoff, since when (`instead`: another moment), and why the step was refused ('' if it was not).
local function outcome(refused, id, instead)
  local state, operator, since = handoff(id, 'state', 'operator', 'since')
  return cmsgpack.pack({refused = refused, state = state or 'bot', operator = operator or '', since = instead or since or ''})
end
