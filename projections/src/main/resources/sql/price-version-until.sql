update price_version p set effective_until = next.at
from (select id, case when corrected_by is null then
                     lead(effective_from) over (partition by corrected_by is null order by effective_from, number) end as at
      from price_version where book_id = :book_id) next
where p.id = next.id and p.effective_until is distinct from next.at
