package io.llmplatform.query.usage;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.web.RefusedException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose usage, and of what.
 *
 * @param viewer      absent for who sees everything, else the one whose own usage is seen
 * @param viewerTeams teams whose usage the viewer sees beside
 */
record UsageFilter(
        @Nullable String userId,
        @Nullable String teamId,
        @Nullable String apiKeyId,
        @Nullable String endpoint,
        @Nullable String model,
        @Nullable String deployment,
        @Nullable String outcome,
        @Nullable String viewer,
        Set<String> viewerTeams) {

    UsageFilter(
            @Nullable String userId,
            @Nullable String teamId,
            @Nullable String apiKeyId,
            @Nullable String endpoint,
            @Nullable String model,
            @Nullable String deployment,
            @Nullable String outcome) {
        this(userId, teamId, apiKeyId, endpoint, model, deployment, outcome, null, Set.of());
    }

    /**
     * What of it the person may see: a member their own usage only, a manager that of their teams beside. What somebody
     * used in another team, a manager of their team now does not see.
     *
     * @throws RefusedException 403 when a member asks for another's
     */
    UsageFilter seenBy(Person person) {
        if (person.seesEverything()) {
            return this;
        }
        var teams = person.managedTeams();
        if (!teams.isEmpty()) {
            return new UsageFilter(userId, teamId, apiKeyId, endpoint, model, deployment, outcome, person.id(), teams);
        }
        if (userId != null && !userId.equals(person.id())) {
            throw RefusedException.forbidden("you see your own usage only");
        }
        return new UsageFilter(person.id(), teamId, apiKeyId, endpoint, model, deployment, outcome);
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql) {
        return sql.param("user_id", userId)
                .param("team_id", teamId)
                .param("api_key_id", apiKeyId)
                .param("endpoint", endpoint)
                .param("model", model)
                .param("deployment", deployment)
                .param("outcome", outcome)
                .param("viewer", viewer)
                .param("viewer_teams", viewerTeams.toArray(String[]::new), Types.ARRAY);
    }

    /** @param rowsOnly whether roll-ups are too coarse for what is asked */
    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql, Period period, boolean rowsOnly) {
        boolean wholeHours = !rowsOnly && period.firstHour().isBefore(period.lastHour());
        return bind(sql)
                .param("from", timestamp(period.from()))
                .param("to", timestamp(period.to()))
                .param("first_hour", timestamp(wholeHours ? period.firstHour() : period.to()))
                .param("last_hour", timestamp(wholeHours ? period.lastHour() : period.to()));
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }
}
