-- Current state of accounts, keys, providers and models. "version" is the sequence of the last event applied.

create table readmodel.users (
    id           text        primary key,
    version      bigint      not null,
    username     text        not null,
    display_name text,
    email        text,
    role         text        not null,
    status       text        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null
);
create index users_newest on readmodel.users (created_at desc, id desc);

create table readmodel.api_key (
    id             text        primary key,
    version        bigint      not null,
    name           text        not null,
    prefix         text        not null,
    user_id        text        not null,
    status         text        not null,
    allowed_models text[],
    expires_at     timestamptz,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);
create index api_key_newest on readmodel.api_key (created_at desc, id desc);
create index api_key_owner on readmodel.api_key (user_id, created_at desc, id desc);

create table readmodel.provider (
    id          text        primary key,
    version     bigint      not null,
    name        text        not null,
    type        text        not null,
    base_url    text        not null,
    has_api_key boolean     not null,
    status      text        not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
create index provider_newest on readmodel.provider (created_at desc, id desc);

create table readmodel.model (
    id           text        primary key,
    version      bigint      not null,
    name         text        not null,
    currency     text,
    input        numeric,
    output       numeric,
    cached_input numeric,
    status       text        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null
);
create index model_newest on readmodel.model (created_at desc, id desc);

create table readmodel.deployment (
    id             text not null,
    model_id       text not null references readmodel.model (id) on delete cascade,
    place          int  not null,
    provider_id    text not null,
    upstream_model text not null,
    weight         int  not null,
    primary key (model_id, id)
);

create table readmodel.signing_key (
    id         text        primary key,
    algorithm  text        not null,
    public_key text        not null,
    created_at timestamptz not null
);

-- The whole record last written to gateway.config.v1, per key of that topic.
create table readmodel.gateway_config (
    key     text   primary key,
    version bigint not null,
    record  jsonb  not null
);

-- Names that the audit projection has seen, so that an event which carries only an id still shows whose it is.
create table readmodel.audit_entity (
    entity_type text   not null,
    entity_id   text   not null,
    position    bigint not null,
    name        text,
    status      text   not null,
    primary key (entity_type, entity_id)
);
