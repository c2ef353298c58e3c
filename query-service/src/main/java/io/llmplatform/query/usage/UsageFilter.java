package io.llmplatform.query.usage;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.web.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose usage, and of what.
 *
 * @param wanted      what a dimension must be; those that are absent may be anything
 * @param viewer      absent for who sees everything, else the one whose own usage is seen
 * @param viewerTeams teams whose usage the viewer sees beside
 */
public record UsageFilter(
        Map<Dimension, String> wanted, @Nullable String viewer, Set<String> viewerTeams) {
    private static final String REQUESTS = "/api/admin/v1/usage/requests";

    public UsageFilter {
        wanted = Map.copyOf(wanted);
        viewerTeams = Set.copyOf(viewerTeams);
    }

    public UsageFilter(Map<Dimension, String> wanted) {
        this(wanted, null, Set.of());
    }

    /**
     * What of it the person may see: a member their own usage only, a manager that of their teams beside. What somebody
     * used in another team, a manager of their team now does not see. Where it ran is a concern of neither.
     *
     * @throws RefusedException 403 when a member asks for another's, or somebody for a provider who does not see these
     */
    UsageFilter seenBy(Person person) {
        if (person.seesEverything()) {
            return this;
        }
        if (wanted.containsKey(Dimension.PROVIDER_ID)) {
            throw RefusedException.forbidden("you do not see providers");
        }
        var teams = person.managedTeams();
        if (!teams.isEmpty()) {
            return new UsageFilter(wanted, person.id(), teams);
        }
        var userId = wanted.get(Dimension.USER_ID);
        if (userId != null && !userId.equals(person.id())) {
            throw RefusedException.forbidden("you see your own usage only");
        }
        return new UsageFilter(with(Dimension.USER_ID, person.id()).wanted(), person.id(), Set.of());
    }

    /** The same, of that value only. */
    public UsageFilter with(Dimension dimension, String value) {
        var more = new EnumMap<Dimension, String>(Dimension.class);
        more.putAll(wanted);
        more.put(dimension, value);
        return new UsageFilter(more, viewer, viewerTeams);
    }

    /** Whether it lets everything through. */
    public boolean everything() {
        return wanted.isEmpty() && viewer == null;
    }

    /** Where the requests are listed that an answer of this filter and period is made from. */
    public String requests(Period period) {
        var path = new StringBuilder(REQUESTS)
                .append("?from=")
                .append(period.from())
                .append("&to=")
                .append(period.to());
        for (var dimension : Dimension.values()) {
            var value = wanted.get(dimension);
            if (value != null) {
                path.append('&')
                        .append(dimension.wire())
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return path.toString();
    }

    public JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql) {
        for (var dimension : Dimension.values()) {
            sql.param(dimension.wire(), wanted.get(dimension));
        }
        return sql.param("viewer", viewer).param("viewer_teams", viewerTeams.toArray(String[]::new), Types.ARRAY);
    }
}
