-- Authenticator apps, one a person at most. The secret is sealed under the key-encryption key and in no event. Without
-- confirmed_at it was only begun. A code whose step is not later than last_step has been used.
create table identity.second_factor (
    user_id      text        primary key references identity.account,
    kek          integer     not null,
    wrapped_key  text        not null,
    ciphertext   text        not null,
    confirmed_at timestamptz,
    last_step    bigint      not null default 0
);

-- Keyed hashes; a row is deleted when its code is used.
create table identity.recovery_code (
    user_id   text not null references identity.second_factor on delete cascade,
    code_hash text not null,
    primary key (user_id, code_hash)
);
