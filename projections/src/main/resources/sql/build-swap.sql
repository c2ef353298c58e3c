with retired as (
    update readmodel.projection_build set role = 'retired', place = :retired_place, state = 'retired', swapped_at = now()
    where projection = :projection and build = :retired returning 1
), moved as (
    update readmodel.projection_offset set place = case when build = :live then :live_place else :retired_place end
    where projection = :projection and build in (:live, :retired) returning 1
), progress as (
    update readmodel.projection_progress p
    set position = b.position, version = b.version
    from readmodel.projection_build b
    where b.projection = :projection and b.build = :live and p.name = b.projection returning 1
)
select count(*)::int from retired
