select distinct key from readmodel.parked_event
where projection = :projection and build = :build and key = any(:keys)
