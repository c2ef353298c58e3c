-- Personal data in events is sealed under the key of the person it is about. The key is wrapped under PERSONAL_DATA_KEY; to
-- delete a row is to forget the person, in every event at once.
create table identity.person_key (
    subject     text        primary key,
    wrapped_key text        not null,
    created_at  timestamptz not null default now()
);
