package io.llmplatform.query.history;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.reading.Counted;
import io.llmplatform.query.reading.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who could call which model with which key at a moment, and why. */
@RestController
class AccessController {
    private final EntityHistory history;
    private final Moments moments;

    AccessController(EntityHistory history, Moments moments) {
        this.history = history;
        this.moments = moments;
    }

    @GetMapping("/api/admin/v1/audit/access")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.HISTORY_READ)
    AccessAt access(
            @RequestParam @Nullable String at,
            @RequestParam @Nullable Long position,
            @RequestParam(name = "user_id") @Nullable String userId,
            @RequestParam(name = "api_key_id") @Nullable String keyId,
            @RequestParam @Nullable String model,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        var moment = moments.of(at, position);
        var last = Place.decode(cursor);
        var keys = history.keys(last.first(), keyId, userId, moment.position(), limit + 1);
        var configured = configured(keys, moment);
        var models = model == null
                ? configured.models()
                : Stream.ofNullable(configured.model(model)).toList();
        var rows = rows(keys, models, configured, moment.at(), last, limit + 1);
        var shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        var next = rows.size() > limit
                ? new Place(
                                shown.getLast().apiKey().id(),
                                String.valueOf(shown.getLast().model().name()))
                        .encode()
                : null;
        return new AccessAt(moment.at(), moment.position(), shown, next);
    }

    private static List<AccessRow> rows(
            List<StateRow> keys,
            List<ConfigRecord.Model> models,
            Configured configured,
            Instant at,
            Place last,
            int most) {
        var rows = new ArrayList<AccessRow>();
        for (var key : keys) {
            var access = new Access(key, configured, at);
            for (var model : models) {
                boolean before = key.id().equals(last.first()) && model.name().compareTo(last.second()) <= 0;
                if (!before && rows.size() < most) {
                    rows.add(access.to(model));
                }
            }
        }
        return rows;
    }

    /** All models and providers, and of people and teams those that the keys belong to. */
    private Configured configured(List<StateRow> keys, Moment moment) {
        var all = new ArrayList<>(history.all(List.of("model", "provider", "platform_settings"), moment.position()));
        var users = history.find("user", named(keys, "user_id"), moment.position());
        all.addAll(users);
        var teams = Stream.concat(named(keys, "team_id").stream(), named(users, "team_id").stream())
                .distinct()
                .toList();
        all.addAll(history.find("team", teams, moment.position()));
        return new Configured(all);
    }

    private static List<String> named(List<StateRow> rows, String field) {
        return rows.stream()
                .map(row -> row.text(field))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** {@code AccessAt} of the management API. */
    record AccessAt(
            Instant at,
            long position,
            List<AccessRow> data,
            @Nullable String nextCursor) implements Counted {
        @Override
        public long results() {
            return data.size();
        }
    }
}
