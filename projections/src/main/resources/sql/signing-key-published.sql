insert into signing_key (id, algorithm, public_key, created_at)
values (:id, :algorithm, :public_key, :at)
on conflict (id) do nothing
