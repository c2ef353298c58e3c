-- What requests of windows of prices add up to, for what must be told apart to price them: by step of time, model, whether they cost
-- anything and whether they are paid for beside their tokens; where charges are rounded request by request, by their tokens too.
-- Within days that are added up [first_day, last_day), an hour that lies in a window as a whole is taken as added up.
with price_window as (
    select * from unnest(
        cast(:models as text[]), cast(:froms as text[])::timestamptz[], cast(:tos as text[])::timestamptz[],
        cast(:ended_froms as text[])::timestamptz[], cast(:ended_tos as text[])::timestamptz[], cast(:add_up as boolean[])
    ) with ordinality as w (model, "from", "to", ended_from, ended_to, add_up, n)
), hour as materialized (
    select hour, max(last_end) as last_end from readmodel.usage_hourly_priced
    where hour >= :first_day and hour < :last_day group by hour
), reached as materialized (
    select w.n, h.hour,
           w.add_up and w.from <= h.hour and w.to >= h.hour + interval '1 hour' and w.ended_from <= h.hour
               and w.ended_to > h.last_end as whole
    from hour h join price_window w on w.from < h.hour + interval '1 hour' and w.to > h.hour and w.ended_from <= h.last_end
        and w.ended_to > h.hour
), single as (
    select r.at, r.latency_ms, r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, r.cost, r.currency, r.model,
           r.served_model, r.endpoint, r.outcome
    from readmodel.usage_requests() r
    where ((r.at >= :from and r.at < :first_day) or (r.at >= :last_day and r.at < :to)) and r.cache_hit is not true
--! usage-filter r
    union all
    select r.at, r.latency_ms, r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, r.cost, r.currency, r.model,
           r.served_model, r.endpoint, r.outcome
    from (select distinct hour from reached where not whole) h
    join readmodel.usage_requests() r on r.at >= h.hour and r.at < h.hour + interval '1 hour'
    where r.cache_hit is not true
--! usage-filter r
), priced as (
    select w.n, date_trunc(:step, r.at, 'UTC') as at, coalesce(r.served_model, r.model) as model, r.currency, r.cost,
           r.cost = 0 as free,
           r.endpoint <> 'messages.count_tokens' and (r.outcome = 'completed' or r.completion_tokens > 0) as answered,
           1 as requests, r.prompt_tokens, r.completion_tokens, least(r.cached_tokens, r.prompt_tokens) as cached_tokens,
           least(r.reasoning_tokens, r.completion_tokens) as reasoning_tokens, w.add_up
    from single r
    join price_window w on ({model}) and r.at >= w.from and r.at < w.to
        and r.at + r.latency_ms * interval '1 ms' >= w.ended_from and r.at + r.latency_ms * interval '1 ms' < w.ended_to
    where not exists (select from reached h where h.n = w.n and h.hour = date_trunc('hour', r.at, 'UTC') and h.whole)
    union all
    select w.n, date_trunc(:step, r.hour, 'UTC'), r.billed_model, r.currency, r.cost, r.free, r.answered, r.requests,
           r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, w.add_up
    from reached h join price_window w on w.n = h.n
    join readmodel.usage_hourly_priced r on r.hour = h.hour and (w.model is null or r.billed_model = w.model)
    where h.whole and (cast(:model as text) is null or r.model = :model)
)
select n, at, model, currency, free, answered, sum(requests) as requests, sum(prompt_tokens) as prompt_tokens,
       sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
       sum(reasoning_tokens) as reasoning_tokens, trim_scale(sum(cost)) as cost
from priced
group by n, at, model, currency, free, answered, case when not add_up then prompt_tokens end,
         case when not add_up then completion_tokens end, case when not add_up then cached_tokens end,
         case when not add_up then reasoning_tokens end
order by at, n, model
