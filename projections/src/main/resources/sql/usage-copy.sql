copy :table (
    at, series_id, manner_id, origin_id, request_id, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, latency_ms,
    ttft_ms, cost, rest
) from stdin
