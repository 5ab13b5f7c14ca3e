-- KEYS  1 job  2 events  3 channel  4 milestones
-- ARGV  1 grace  2 event  3 PUBLISH or SPUBLISH  4 ttl while running
local job = redis.call('HMGET', KEYS[1], 'l', 't', 'x', 'z')
if not job[1] or job[2] or job[4] == job[3] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now < job[3] + ARGV[1] then return 0 end
local ms, n = string.match(job[1], '^(%d+)-(%d+)$')
local id = string.format('%.0f-%.0f', math.max(now, tonumber(ms)), n + 1)
if not redis.call('XADD', KEYS[2], 'NOMKSTREAM', id, 'm', ARGV[2]) then
  redis.call('XADD', KEYS[2], id, 'm', ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
  redis.call('DEL', KEYS[4])
  redis.call('HSET', KEYS[1], 'k', n + 1, 'h', '', 'd', id)
end
redis.call('HSET', KEYS[1], 'l', id, 'e', ARGV[2], 'z', job[3])
redis.call(ARGV[3], KEYS[3], id .. ' ' .. job[1] .. ' ' .. ARGV[2])
return 1
