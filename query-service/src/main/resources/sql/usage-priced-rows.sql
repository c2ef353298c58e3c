-- One hour's requests in the order in which they arrived, with what pricing them takes.
select r.request_key, r.rest, r.at, coalesce(r.served_model, r.model) as model, r.currency, r.cost, r.cache_hit is true as cache_hit,
       r.endpoint <> 'messages.count_tokens' and (r.outcome = 'completed' or r.completion_tokens > 0) as answered,
       r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens
from readmodel.usage_requests() r
where r.at >= :from and r.at < :to
--! usage-filter r
order by r.at, r.request_key
