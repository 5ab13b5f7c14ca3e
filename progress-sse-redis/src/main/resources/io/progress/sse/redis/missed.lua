-- KEYS  1 job  2 events  3 milestones
-- ARGV  1 cursor, empty for the beginning  2 how many events at most
local job = redis.call('HMGET', KEYS[1], 'l', 'i', 'e', 'x', 'h', 'k', 'd')
if not job[1] then return {} end
local moved, cursor, limit = job[5] or '', ARGV[1], tonumber(ARGV[2])
local function numbers(id)
  local ms, n = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(n)
end
local function one(command, key, from, to)
  local entry = redis.call(command, key, from, to, 'COUNT', 1)[1]
  return entry and entry[1]
end

-- Milestones lead to the events only if nothing is missing between them.
local head = one('XRANGE', KEYS[2], '-', '+')
local whole = head and select(2, numbers(head)) == (tonumber(job[6]) or 1)
  and (moved == '' or one('XREVRANGE', KEYS[3], '+', '-') == moved)

local function leadsOn()
  if one('XRANGE', KEYS[2], cursor, cursor) then return true end
  if not whole then return false end
  if one('XRANGE', KEYS[3], cursor, cursor) then return true end
  -- A tick that was dropped lies between two ids that are stored, and all numbers between these were given.
  local ms, n = numbers(cursor)
  if cursor == job[7] then return true end
  local floorMs, floorN = numbers(job[7] or '')
  if not floorMs then return false end
  local before, after = one('XREVRANGE', KEYS[3], cursor, '-'), one('XRANGE', KEYS[3], cursor, '+') or head
  local afterMs, afterN = numbers(after)
  return ms >= floorMs and n > floorN and ms <= afterMs and n < afterN
    and (not before or n > select(2, numbers(before)))
end

local stale = cursor ~= '' and not leadsOn()
local entries = {}
local function take(key)
  if limit <= #entries then return end
  local from = cursor ~= '' and '(' .. cursor or '-'
  for _, entry in ipairs(redis.call('XRANGE', key, from, '+', 'COUNT', limit - #entries)) do
    entries[#entries + 1] = { entry[1], entry[2][2] }
  end
end
if not stale then
  if whole and moved ~= '' then take(KEYS[3]) end
  take(KEYS[2])
end

local first = whole and moved ~= '' and one('XRANGE', KEYS[3], '-', '+') or head
local time = redis.call('TIME')
local left = job[4] - (time[1] * 1000 + math.floor(time[2] / 1000))
return { job[1], job[2], job[3], string.format('%.0f', left), first or '', moved, stale and 1 or 0, entries }
