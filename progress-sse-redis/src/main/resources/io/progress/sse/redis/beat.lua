-- KEYS  1 job  2 events  3 milestones
-- ARGV  1 writer  2 lease  3 ttl while running
local job = redis.call('HMGET', KEYS[1], 'l', 't', 'w', 'r', 'c', 'x', 'z')
if not job[1] or job[2] or job[3] ~= ARGV[1] then return { 0, '' } end
-- The job was called lost: only an append, which says where it stands, takes that back.
if job[7] == job[6] then return { 0, job[5] or '' } end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'x', string.format('%.0f', now + ARGV[2]))
if now >= tonumber(job[4]) then
  redis.call('HSET', KEYS[1], 'r', string.format('%.0f', now + math.min(ARGV[3] / 10, ARGV[2])))
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
  return { 1, job[5] or '', 'running', redis.call('HGET', KEYS[1], 'i') }
end
return { 1, job[5] or '' }
