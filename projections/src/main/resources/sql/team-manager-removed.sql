delete from team_manager where team_id = :id and user_id = :user_id
