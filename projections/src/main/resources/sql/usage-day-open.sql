delete from usage_day where day = any(cast(cast(:days as text[]) as date[]))
