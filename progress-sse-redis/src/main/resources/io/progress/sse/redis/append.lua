-- KEYS  1 job  2 events  3 channel  4 milestones
-- ARGV  1 mode, with REPLACE maybe followed by the newest event of the run to be replaced  2 writer  3 sequence of the first event  4 job info  5 1 if the last event is terminal  6 events to keep
--       7 ttl while running  8 ttl of the events after the end  9 ttl of the job after the end  10 lease  11 PUBLISH or SPUBLISH
--       12 milestones to keep  13 m or t of each event: milestone or tick  14... events
local mode, replaced = string.match(ARGV[1], '^(%u+) ?(.*)$')
local writer, first, at = ARGV[2], tonumber(ARGV[3]), 14
local last = first + #ARGV - at
local job = redis.call('HMGET', KEYS[1], 'l', 't', 'w', 'q', 'r', 'c', 'g', 'k', 'h', 'd')
local latest, ended, holder, due, cancel, gone = job[1], job[2], job[3], job[5], job[6], job[7]
local kept, moved, floor = tonumber(job[8]) or 1, job[9] or '', job[10]
local known = holder == writer and tonumber(job[4]) or 0
local function refuse(status) return { status, latest or '', known, 0, '' } end

local other = mode == 'CREATE' or (replaced ~= '' and replaced ~= latest)
if latest and (holder > writer or (holder < writer and other)) then return refuse('FENCED') end
local replace = latest and mode == 'REPLACE' and holder < writer
if not replace then
  if last <= known then
    return { 'STORED', latest, known, 1, cancel or '', 0, ended and 'ended' or 'running', redis.call('HGET', KEYS[1], 'i') }
  end
  if ended then return refuse('ENDED') end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if first > known + 1 and mode ~= 'RESTORE' then
  -- Ids behind the newest one may have been given before, to events that are lost: only later ones are trusted.
  if latest then redis.call('HSET', KEYS[1], 'd', string.format('%.0f', now) .. string.match(latest, '-%d+$')) end
  return refuse('MISSING')
end
local ms, n = now, 0
if latest then
  local a, b = string.match(latest, '^(%d+)-(%d+)$')
  ms, n = math.max(now, a + (replace and 1 or 0)), replace and 0 or tonumber(b)
else
  -- The job is new, was deleted, or its hash was evicted: no id of an earlier run may come again.
  local tail = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
  ms = math.max(now, (tonumber(gone) or -1) + 1, tail and tonumber(string.match(tail[1], '^%d+')) + 1 or 0)
end
if replace or not latest then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[4])
  latest, due, cancel = false, false, false
  redis.call('HSET', KEYS[1], 'i', ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[7])
end

local over = ARGV[5] == '1'
local refresh = over or not due or now >= tonumber(due)
local clock, news, heard = string.format('%.0f', ms), {}, 0
local set = {}
for i = at + math.max(0, known - first + 1), #ARGV do
  n = n + 1
  local id = clock .. '-' .. n
  local field = string.sub(ARGV[13], i - at + 1, i - at + 1) == 'm' and 'm' or 'e'
  if not redis.call('XADD', KEYS[2], 'NOMKSTREAM', id, field, ARGV[i]) then
    -- The stream is new, or was evicted or deleted: it needs an expiry of its own, and nothing leads to it.
    redis.call('XADD', KEYS[2], id, field, ARGV[i])
    redis.call('DEL', KEYS[4])
    refresh, kept, moved, floor = true, n, '', id
    set = { 'k', kept, 'h', moved, 'd', floor }
  end
  news[#news + 1] = id .. ' ' .. (latest or '-') .. ' ' .. ARGV[i]
  latest = id
end

for _, each in ipairs({ 'l', latest, 'e', ARGV[#ARGV], 'w', writer, 'q', last, 'x', string.format('%.0f', now + ARGV[10]) }) do
  set[#set + 1] = each
end
if over then set[#set + 1] = 't'; set[#set + 1] = '1' end
if refresh then set[#set + 1] = 'r'; set[#set + 1] = string.format('%.0f', now + math.min(ARGV[7] / 10, ARGV[10])) end
redis.call('HSET', KEYS[1], unpack(set))
if refresh then
  redis.call('PEXPIRE', KEYS[1], over and ARGV[9] or ARGV[7])
  redis.call('PEXPIRE', KEYS[2], over and ARGV[8] or ARGV[7])
  if moved ~= '' then redis.call('PEXPIRE', KEYS[4], over and ARGV[8] or ARGV[7]) end
end
-- Last, because what went before stays where this is refused: the batch is stored then.
for i = 1, #news do heard = redis.call(ARGV[11], KEYS[3], news[i]) end

-- Once in a while the oldest events leave the stream. Ticks are dropped, milestones move.
local keep, dropped = tonumber(ARGV[6]), 0
if n - kept >= keep + math.min(64, math.ceil(keep / 4)) then
  local function number(id) return tonumber(string.match(id, '%d+$')) end
  local newest = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)[1]
  local there = newest and number(newest[1]) or 0
  local function lose(id)
    redis.call('DEL', KEYS[4])
    if not floor or number(id) > number(floor) then floor = id end
    moved, there = '', 0
  end
  if moved ~= '' and there < number(moved) then lose(moved) end
  for i, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', n - keep - kept + 1)) do
    if i == 1 and number(entry[1]) ~= kept then lose(entry[1]) end
    if number(entry[1]) > n - keep then break end
    if entry[2][1] == 'm' then
      -- Those that are there already were moved when the rest of this was refused.
      if number(entry[1]) > there then redis.call('XADD', KEYS[4], entry[1], 'm', entry[2][2]) end
      moved = entry[1]
    end
  end
  if moved ~= '' then
    redis.call('PEXPIRE', KEYS[4], over and ARGV[8] or ARGV[7])
    dropped = redis.call('XTRIM', KEYS[4], 'MAXLEN', ARGV[12])
    if dropped > 0 then
      local oldest = redis.call('XRANGE', KEYS[4], '-', '+', 'COUNT', 1)[1][1]
      if not floor or number(oldest) > number(floor) then floor = oldest end
    end
  end
  redis.call('HSET', KEYS[1], 'k', n - keep + 1, 'h', moved, 'd', floor or '')
  redis.call('XTRIM', KEYS[2], 'MAXLEN', keep)
end
-- Whenever the expiry is renewed, so is the place in the lists of jobs.
if not refresh then return { 'STORED', latest, last, heard, cancel or '', dropped } end
return { 'STORED', latest, last, heard, cancel or '', dropped, over and 'ended' or 'running', redis.call('HGET', KEYS[1], 'i') }
