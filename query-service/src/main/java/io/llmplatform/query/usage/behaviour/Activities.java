package io.llmplatform.query.usage.behaviour;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Grain;
import io.llmplatform.query.usage.KeyNames;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.UsageSlices;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads off the roll-ups who was active when, and what with. */
@Component
class Activities {
    private final UsageSlices slices;
    private final KeyNames names;
    private final String userDays = SqlFile.read("usage-user-days");
    private final String topUsers = SqlFile.read("usage-top-users");
    private final String userModels = SqlFile.read("usage-user-models");

    Activities(UsageSlices slices, KeyNames names) {
        this.slices = slices;
        this.names = names;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageActivity of(UsageFilter filter, Period period, int most) {
        var days = UserDays.of(days(filter, period), period);
        return new UsageActivity(
                period,
                days.active(),
                days.fresh(),
                days.by(UnaryOperator.identity(), ChronoUnit.DAYS),
                days.by(UserDays::week, ChronoUnit.WEEKS),
                days.by(UserDays::month, ChronoUnit.MONTHS),
                days.cohorts(),
                users(filter, period, most, days));
    }

    /** From the first week that is looked at on, and the very first ever. */
    private Map<String, BitSet> days(UsageFilter filter, Period period) {
        var since = UserDays.week(LocalDate.ofInstant(period.from(), ZoneOffset.UTC));
        var days = new HashMap<String, BitSet>();
        slices.people(userDays, filter, since.atStartOfDay(ZoneOffset.UTC).toInstant(), period.to())
                .query(row -> {
                    var of = new BitSet();
                    for (var day : (Integer[]) row.getArray("days").getArray()) {
                        of.set(day);
                    }
                    days.put(row.getString("key"), of);
                });
        return days;
    }

    private List<UsageActivity.User> users(UsageFilter filter, Period period, int most, UserDays days) {
        var models = new LinkedHashMap<String, List<UsageActivity.Model>>();
        slices.sql(topUsers, filter, period, Dimension.USER_ID, Grain.PERIOD)
                .param("most", most)
                .query(row -> {
                    models.put(row.getString("key"), new ArrayList<>());
                });
        slices.withModels(userModels, filter, period, Dimension.USER_ID)
                .param("users", models.keySet().toArray(String[]::new), Types.ARRAY)
                .query(row -> {
                    Objects.requireNonNull(models.get(row.getString("key")))
                            .add(new UsageActivity.Model(row.getString("model"), row.getLong("requests")));
                });
        var called = names.of(Dimension.USER_ID, List.copyOf(models.keySet()));
        return models.entrySet().stream()
                .map(each -> user(each.getKey(), called.get(each.getKey()), each.getValue(), days))
                .toList();
    }

    private static UsageActivity.User user(
            String id, @Nullable String name, List<UsageActivity.Model> models, UserDays days) {
        return new UsageActivity.User(
                id,
                name,
                models.stream().mapToLong(UsageActivity.Model::requests).sum(),
                days.firstOf(id),
                days.lastOf(id),
                models);
    }
}
