insert into readmodel.usage_request (
    at, series_id, manner_id, origin_id, request_id, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, latency_ms,
    ttft_ms, cost, rest)
select at, series_id, manner_id, origin_id, request_id, prompt_tokens, completion_tokens, cached_tokens, 0, latency_ms, ttft_ms, cost, ''
from dice d
join dice_series s on s.deployment = d.deployment and s.user_id = d.user_id and s.api_key_id = coalesce(d.api_key_id, '')
    and s.outcome = d.outcome
join dice_manner m on m.upstream_model = d.upstream_model and m.stream = d.stream and m.status = d.status
join dice_origin o on o.ip = d.ip
order by at
