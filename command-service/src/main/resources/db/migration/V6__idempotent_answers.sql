-- Answers of writes that carried an Idempotency-Key, written in the transaction of what they answer: either both are
-- there or neither is. Sealed as a whole under the key-encryption key, since an answer may hold a new API key.
-- Rows older than 24 hours count as absent and are deleted by and by.
create table identity.idempotent_answer (
    caller_id   text        not null,
    key         text        not null,
    kek         integer     not null,
    wrapped_key text        not null,
    ciphertext  text        not null,
    at          timestamptz not null,
    primary key (caller_id, key)
);

create index idempotent_answer_at on identity.idempotent_answer (at);
