update saved_search set forgotten = true, name = '', filters = '{}' where id = :search_id
