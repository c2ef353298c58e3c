-- Which team a person belongs to, for rules that need it at once (KeyOversight). Taken over from the events, which are
-- UTF-8 JSON: the last one of each person that says where they belong.
alter table identity.account add column team_id text;
update identity.account a
set team_id = (
    select coalesce(e.data -> 'after', e.data -> 'details') ->> 'team_id'
    from (select sequence, convert_from(payload, 'UTF8')::jsonb as data
          from events.domain_event
          where aggregate_id = a.user_id and type in ('user.UserCreated', 'user.UserEdited')) e
    order by e.sequence desc limit 1);

-- Counts only while the person has the role manager.
create table identity.team_manager (
    team_id text not null,
    user_id text not null references identity.account,
    primary key (team_id, user_id)
);

-- One open invitation a person at most; a newer one takes the place of the one before. SHA-256 of the token, which has
-- 256 random bits.
create table identity.invitation (
    user_id    text        primary key references identity.account,
    token_hash text        not null unique,
    expires_at timestamptz not null
);
