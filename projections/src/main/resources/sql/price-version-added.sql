insert into price_version
    (id, book_id, book_version, model_id, model_name, number, effective_from, rates, corrects, created_at)
values (:row_id, :book_id, :version, :model_id, :model_name, :number, :effective_from, cast(:rates as jsonb), :corrects, :at)
on conflict (id) do nothing
