update price_version set corrected_by = :by where book_id = :book_id and number = :number
