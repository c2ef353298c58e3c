-- Ends a reservation; once more, or without one, it changes nothing.
-- KEYS, for each subject: when limited: tokens, running; when it has budgets: held, their sum, and for each budget: spent.
-- ARGV: request id, tokens used less tokens reserved, second of the reservation, cost reserved (nanos), ledger, number of
--   subjects; for each subject: limited (1, 0), number of budgets; for each budget: spent by this ledger (nanos), ms until the key may go.
local id, difference, second, reserved = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local ledger, subjects = ARGV[5], tonumber(ARGV[6])
local k, a = 0, 6

local function key() k = k + 1 return KEYS[k] end
local function arg() a = a + 1 return ARGV[a] end

for _ = 1, subjects do
  if arg() == '1' then
    local tokens, running = key(), key()
    if redis.call('ZREM', running, id) == 1 and redis.call('HEXISTS', tokens, second) == 1 then
      redis.call('HINCRBY', tokens, second, difference)
    end
  end
  local budgets = tonumber(arg())
  if budgets > 0 then
    local held, heldSum = key(), key()
    if redis.call('ZREM', held, id .. '|' .. reserved) == 1 then
      redis.call('DECRBY', heldSum, reserved)
    end
    for _ = 1, budgets do
      local spent, own, ttl = key(), arg(), arg()
      local known = redis.call('HGET', spent, ledger)
      if not known or tonumber(known) < tonumber(own) then
        redis.call('HSET', spent, ledger, own)
      end
      redis.call('PEXPIRE', spent, ttl)
    end
  end
end
return 1
