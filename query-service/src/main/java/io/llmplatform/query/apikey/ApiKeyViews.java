package io.llmplatform.query.apikey;

import io.llmplatform.query.team.TeamNames;
import io.llmplatform.query.user.UserNames;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds to rows of keys what other tables know: whose they are and when they were last used. Three queries per page. */
@Component
class ApiKeyViews {
    private final UserNames users;
    private final TeamNames teams;
    private final LastUseRows lastUses;
    private final Clock clock;

    ApiKeyViews(UserNames users, TeamNames teams, LastUseRows lastUses, Clock clock) {
        this.users = users;
        this.teams = teams;
        this.lastUses = lastUses;
        this.clock = clock;
    }

    Function<ApiKeyRow, ApiKeyView> of(List<ApiKeyRow> rows) {
        var now = clock.instant();
        var names = users.of(ids(rows, ApiKeyRow::userId));
        var teamNames = teams.of(ids(rows, ApiKeyRow::teamId));
        var used = lastUses.findByApiKeyIdIn(rows.stream().map(ApiKeyRow::id).toList()).stream()
                .collect(Collectors.toMap(LastUseRow::apiKeyId, LastUseRow::at));
        return row -> row.view(name(names, row.userId()), name(teamNames, row.teamId()), used.get(row.id()), now);
    }

    private static @Nullable String name(Map<String, String> names, @Nullable String id) {
        return id == null ? null : names.get(id);
    }

    private static Set<String> ids(List<ApiKeyRow> rows, Function<ApiKeyRow, @Nullable String> id) {
        return rows.stream().map(id).flatMap(Stream::ofNullable).collect(Collectors.toSet());
    }
}
