-- KEYS  1 job  2 events  3 milestones
local job = redis.call('HMGET', KEYS[1], 'l', 'i', 'e', 'x', 'h')
if not job[1] then return {} end
local moved = job[5] or ''
local first = moved ~= '' and redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', 1)[1]
  or redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
local time = redis.call('TIME')
local left = job[4] - (time[1] * 1000 + math.floor(time[2] / 1000))
return { job[1], job[2], job[3], string.format('%.0f', left), first and first[1] or '', moved }
