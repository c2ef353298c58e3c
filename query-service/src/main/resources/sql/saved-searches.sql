select id, name, filters, saved_at from readmodel.saved_search
where user_id = :user_id and not forgotten
order by saved_at, id
