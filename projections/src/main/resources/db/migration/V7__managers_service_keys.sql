-- Managers of teams, keys that belong to a team, keys whose former secret still works, people with an open invitation.

create table readmodel.team_manager (
    team_id text not null,
    user_id text not null,
    primary key (team_id, user_id)
);
create index team_manager_user on readmodel.team_manager (user_id);

-- A key has one owner: a person, or a team (a service key).
alter table readmodel.api_key
    alter column user_id drop not null,
    add column team_id         text,
    add column previous_prefix text,
    add column previous_until  timestamptz,
    add constraint api_key_one_owner check (num_nonnulls(user_id, team_id) = 1);
create index api_key_team on readmodel.api_key (team_id, created_at desc, id desc) where team_id is not null;

alter table readmodel.users add column invited_until timestamptz;
