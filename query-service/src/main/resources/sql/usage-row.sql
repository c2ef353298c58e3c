       {row}.request_key, {row}.rest, {row}.at, {row}.user_id, {row}.team_id, {row}.api_key_id, {row}.endpoint, {row}.model, {row}.served_model, {row}.deployment, {row}.provider_id,
       {row}.upstream_model, {row}.stream, {row}.outcome, {row}.status, {row}.error_code, {row}.prompt_tokens, {row}.completion_tokens, {row}.cached_tokens,
       {row}.reasoning_tokens, {row}.tokens_estimated, {row}.cost, {row}.currency, {row}.latency_ms, {row}.ttft_ms, {row}.attempts, {row}.cache_hit, {row}.metadata,
       u.username, k.name as api_key_name
