-- Logins that last. Written by command handlers in the transaction of their events, except for what a refresh changes
-- (used_at, access_until, where from), which is no event. Closed rows stay for some weeks: they tell from where a person
-- has logged in before.
create table identity.session (
    session_id   text        primary key,
    user_id      text        not null references identity.account,
    ip           text,
    user_agent   text,
    opened_at    timestamptz not null,
    used_at      timestamptz not null, -- login or last refresh
    access_until timestamptz not null, -- when the last access token expires
    expires_at   timestamptz not null,
    closed_at    timestamptz
);
create index session_owner on identity.session (user_id);
create index session_open on identity.session (used_at) where closed_at is null;

-- SHA-256 of refresh tokens: the one in force (replaced_at is null) and the ones before it, so that a copy is noticed.
create table identity.refresh_token (
    token_hash  bytea       primary key,
    session_id  text        not null references identity.session on delete cascade,
    replaced_at timestamptz
);
create index refresh_token_session on identity.refresh_token (session_id, replaced_at);

-- Sessions say now which tokens are in force.
alter table identity.account drop column password_changed_at;

-- Failed attempts to log in, shared by all instances. "key" is a keyed hash: what is typed as a user name may be a password.
create table identity.login_throttle (
    kind         text        not null,
    key          bytea       not null,
    failures     integer     not null,
    paused_until timestamptz not null,
    forget_at    timestamptz not null,
    primary key (kind, key)
);
create index login_throttle_forget on identity.login_throttle (forget_at);

-- How many failures there were in a minute, so that no more than some of them become events.
create table identity.login_failures (
    minute timestamptz primary key,
    seen   integer     not null
);
