      and {row}.dimension = :by and (cast(:by_key as text) is null or {row}.key = :by_key)
      and (cast(:outcome as text) is null or {row}.outcome = :outcome)
