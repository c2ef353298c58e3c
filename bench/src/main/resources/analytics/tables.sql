create temporary table if not exists dice (
    at timestamptz, user_id text, team_id text, api_key_id text, endpoint text, model text, deployment text, provider_id text,
    upstream_model text, stream boolean, outcome text, status int, error_code text, prompt_tokens int, completion_tokens int,
    cached_tokens int, cost numeric, latency_ms int, ttft_ms int, attempts int, ip text, request_id uuid);
create temporary table if not exists dice_series (series_id bigint, deployment text, user_id text, api_key_id text, outcome text);
create temporary table if not exists dice_manner (manner_id bigint, upstream_model text, stream boolean, status int);
create temporary table if not exists dice_origin (origin_id bigint, ip text);
truncate dice, dice_series, dice_manner, dice_origin
