update readmodel.projection_build set
    lag = coalesce(:lag, lag), records = coalesce(:records, records), records_per_second = :rate,
    state = :state, detail = :detail, seen_at = now(),
    caught_up_at = case when :lag = 0 and :state = 'running' then coalesce(caught_up_at, now()) else caught_up_at end
where projection = :projection and build = :build and place = :place
