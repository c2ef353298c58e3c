select distinct key from readmodel.parked_event
where projection = :projection and version = :version and key = any(:keys)
