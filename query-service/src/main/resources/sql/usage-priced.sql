-- What requests of windows of prices add up to, for what must be told apart to price them: by step of time, model, whether they cost
-- anything and whether they are paid for beside their tokens; where charges are rounded request by request, by their tokens too.
with price_window as (
    select * from unnest(
        cast(:models as text[]), cast(:froms as text[])::timestamptz[], cast(:tos as text[])::timestamptz[],
        cast(:ended_froms as text[])::timestamptz[], cast(:ended_tos as text[])::timestamptz[], cast(:add_up as boolean[])
    ) with ordinality as w (model, "from", "to", ended_from, ended_to, add_up, n)
), priced as (
    select w.n, date_trunc(:step, r.at, 'UTC') as at, coalesce(r.served_model, r.model) as model, r.currency, r.cost,
           r.cost = 0 as free,
           r.endpoint <> 'messages.count_tokens' and (r.outcome = 'completed' or r.completion_tokens > 0) as answered,
           r.prompt_tokens, r.completion_tokens, least(r.cached_tokens, r.prompt_tokens) as cached_tokens,
           least(r.reasoning_tokens, r.completion_tokens) as reasoning_tokens, w.add_up
    from readmodel.usage_request r
    join price_window w on ({model}) and r.at >= w.from and r.at < w.to
        and r.at + r.latency_ms * interval '1 ms' >= w.ended_from and r.at + r.latency_ms * interval '1 ms' < w.ended_to
    where r.at >= :from and r.at < :to and r.cache_hit is not true
--! usage-filter r
)
select n, at, model, currency, free, answered, count(*) as requests, sum(prompt_tokens) as prompt_tokens,
       sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
       sum(reasoning_tokens) as reasoning_tokens, trim_scale(sum(cost)) as cost
from priced
group by n, at, model, currency, free, answered, case when not add_up then prompt_tokens end,
         case when not add_up then completion_tokens end, case when not add_up then cached_tokens end,
         case when not add_up then reasoning_tokens end
order by at, n, model
