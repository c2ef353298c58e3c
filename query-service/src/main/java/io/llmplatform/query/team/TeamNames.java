package io.llmplatform.query.team;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Names of teams by id, for lists that show whose something is. */
@Component
public class TeamNames {
    private final TeamRows rows;

    TeamNames(TeamRows rows) {
        this.rows = rows;
    }

    /** Unknown ids are left out. */
    public Map<String, String> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : rows.findByIdIn(ids).stream().collect(Collectors.toMap(TeamRow::id, TeamRow::name));
    }
}
