insert into closed_session (id, user_id, tokens_expire_at)
values (:id, :user_id, :tokens_expire_at)
on conflict (id) do nothing
