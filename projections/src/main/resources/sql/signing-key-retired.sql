update signing_key set retired_at = :at where id = :id and retired_at is null
