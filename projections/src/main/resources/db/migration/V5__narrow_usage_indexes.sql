-- Lists are read newest first within a person, key or team. The time alone puts rows in that order; the request id, which
-- settles ties within a microsecond, is sorted while reading (incremental sort). Without it an index entry is half as long,
-- and four of them are written for each request. Ascending, so that what is newest goes to the end of an index or of a
-- person's part of it, where pages are filled whole; they are read backwards. The primary key stays: duplicates are known by
-- it. Takes time proportional to the rows there are.
drop index readmodel.usage_request_newest;
drop index readmodel.usage_request_user;
drop index readmodel.usage_request_key;
drop index readmodel.usage_request_team;
create index usage_request_newest on readmodel.usage_request (at);
create index usage_request_user on readmodel.usage_request (user_id, at) where user_id is not null;
create index usage_request_key on readmodel.usage_request (api_key_id, at) where api_key_id is not null;
create index usage_request_team on readmodel.usage_request (team_id, at) where team_id is not null;
