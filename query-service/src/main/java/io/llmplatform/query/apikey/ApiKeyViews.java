package io.llmplatform.query.apikey;

import io.llmplatform.query.user.UserNames;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Adds to rows of keys what other tables know: whose they are and when they were last used. Two queries per page. */
@Component
class ApiKeyViews {
    private final UserNames users;
    private final LastUseRows lastUses;
    private final Clock clock;

    ApiKeyViews(UserNames users, LastUseRows lastUses, Clock clock) {
        this.users = users;
        this.lastUses = lastUses;
        this.clock = clock;
    }

    Function<ApiKeyRow, ApiKeyView> of(List<ApiKeyRow> rows) {
        var now = clock.instant();
        var names = users.of(rows.stream().map(ApiKeyRow::userId).collect(Collectors.toSet()));
        var used = lastUses.findByApiKeyIdIn(rows.stream().map(ApiKeyRow::id).toList()).stream()
                .collect(Collectors.toMap(LastUseRow::apiKeyId, LastUseRow::at));
        return row -> row.view(names.get(row.userId()), used.get(row.id()), now);
    }
}
