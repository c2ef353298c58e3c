package io.llmplatform.query.user;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** User names by id, for lists that show whose something is. */
@Component
public class UserNames {
    private final UserRows rows;

    UserNames(UserRows rows) {
        this.rows = rows;
    }

    /** Unknown ids are left out. */
    public Map<String, String> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : rows.findByIdIn(ids).stream().collect(Collectors.toMap(UserRow::id, UserRow::username));
    }
}
