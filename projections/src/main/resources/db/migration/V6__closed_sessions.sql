-- Sessions that ended before their access tokens: these are refused although they verify. A row is of no use once the last
-- token of its session has expired.
create table readmodel.closed_session (
    id               text        primary key,
    user_id          text        not null,
    tokens_expire_at timestamptz not null
);
create index closed_session_expiry on readmodel.closed_session (tokens_expire_at);

create index gateway_config_session on readmodel.gateway_config (key) where record ->> 'kind' = 'session';

-- Tokens of a retired key are refused.
alter table readmodel.signing_key add column retired_at timestamptz;
