insert into saved_search (id, list_id, version, user_id, name, filters, saved_at)
values (:search_id, :id, :version, :user_id, :name, cast(:filters as jsonb), :at)
on conflict (id) do nothing
