package io.llmplatform.query.history;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.reading.Counted;
import io.llmplatform.query.reading.Recorded;
import io.llmplatform.query.web.RefusedException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one entity was, and how it came to be what it is. */
@RestController
@RequestMapping("/api/admin/v1/audit/entities/{type}/{id}")
class EntityController {
    private static final Set<String> TYPES =
            Set.of("user", "team", "api_key", "provider", "model", "price_book", "platform_settings");

    private final EntityHistory history;
    private final EntityViews views;
    private final Moments moments;

    EntityController(EntityHistory history, EntityViews views, Moments moments) {
        this.history = history;
        this.views = views;
        this.moments = moments;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.HISTORY_READ)
    EntityAt get(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam @Nullable String at,
            @RequestParam @Nullable Long position) {
        var moment = moments.of(at, position);
        var row = history.find(known(type), id, moment.position())
                .orElseThrow(() -> RefusedException.notFound(type + " of " + moment.at(), id));
        return new EntityAt(type, id, moment.at(), moment.position(), views.of(row, moment), row.event());
    }

    @GetMapping("/timeline")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.HISTORY_READ)
    Page<Change> timeline(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        var before = cursor == null ? Long.MAX_VALUE : Place.sequence(cursor);
        var rows = history.timeline(known(type), id, before, limit + 1);
        if (rows.isEmpty() && cursor == null) {
            throw RefusedException.notFound(type, id);
        }
        var shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        var next = rows.size() > limit
                ? new Place(String.valueOf(shown.getLast().event().sequence()), "").encode()
                : null;
        return new Page<>(
                shown.stream()
                        .map(row -> new Change(row.event(), row.changes()))
                        .toList(),
                next);
    }

    private static String known(String type) {
        if (!TYPES.contains(type)) {
            throw RefusedException.notFound("type of entity", type);
        }
        return type;
    }

    /**
     * {@code EntityAt} of the management API.
     *
     * @param event the last one that changed it by then
     */
    record EntityAt(String type, String id, Instant at, long position, ObjectNode entity, EventRef event)
            implements Counted {
        @Override
        public long results() {
            return 1;
        }
    }

    /** {@code EntityChange} of the management API. */
    record Change(EventRef event, JsonNode changes) {}
}
