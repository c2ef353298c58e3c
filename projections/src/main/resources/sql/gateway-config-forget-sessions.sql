delete from gateway_config
where record ->> 'kind' = 'session' and cast(record ->> 'tokens_expire_at' as timestamptz) < :before
returning key
