insert into team_manager (team_id, user_id) values (:id, :user_id)
on conflict (team_id, user_id) do nothing
