-- What the write side must know at once and what must never be part of an event. Written in the transaction that
-- stores the event it goes with.

-- A row is the right to a name. Names are normalised by the writer (NameClaims.Kind).
create table identity.claim (
    kind     text not null,
    name     text not null,
    owner_id text not null,
    primary key (kind, name),
    constraint claim_owner unique (kind, owner_id)
);

create table identity.account (
    user_id      text    primary key,
    username     text    not null,
    username_key text    not null unique,
    email        text,
    display_name text,
    role         text    not null,
    active       boolean not null
);

-- Argon2id hashes. Apart from the account so that reading a profile never reads a hash.
create table identity.credential (
    user_id       text primary key references identity.account,
    password_hash text not null
);

-- A known text sealed at the first start: it opens only under the same KEY_ENCRYPTION_KEY.
create table identity.key_canary (
    id          integer primary key check (id = 1),
    kek         integer not null,
    wrapped_key text    not null,
    ciphertext  text    not null
);
