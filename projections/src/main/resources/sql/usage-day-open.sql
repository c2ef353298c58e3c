delete from readmodel.usage_day where day = any(cast(:days as date[]))
