insert into usage_request (
    request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id, upstream_model,
    stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
    tokens_estimated, cost, currency, latency_ms, ttft_ms, attempts, trail, cache_hit, metadata, ip, user_agent, gateway
)
select request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id, upstream_model,
    stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
    tokens_estimated, cost, currency, latency_ms, ttft_ms, attempts, trail, cache_hit, metadata, ip, user_agent, gateway
from usage_incoming order by request_id, at
on conflict (request_id, at) do nothing
returning request_id, (extract(epoch from at) * 1000000)::bigint
