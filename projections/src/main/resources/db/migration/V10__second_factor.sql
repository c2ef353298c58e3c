-- Whether a login with the password needs a code too.
alter table readmodel.users add column second_factor boolean not null default false;
